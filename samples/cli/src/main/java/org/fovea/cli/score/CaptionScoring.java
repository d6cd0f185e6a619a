package org.fovea.cli.score;

import java.io.IOException;
import java.util.List;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.JsonLines;
import org.fovea.cli.terminal.Table;
import org.fovea.core.io.JsonText;

/** The work of {@code fovea score captions}. */
final class CaptionScoring {
    private static final String FORM = "{\"hypothesis\": \"…\", \"references\": [\"…\"]}";

    private CaptionScoring() {}

    /** Text of a file's scores. */
    static String run(String file, boolean tokenized, boolean json) throws IOException {
        List<ScoredCaption> captions = new JsonLines(file, "image", FORM).read(CaptionScoring::caption);
        CaptionScores scores = tokenized ? CaptionScores.ofTokenized(captions) : CaptionScores.of(captions);
        if (!json) {
            Table table = new Table(1);
            CaptionScoreView.rows(table, scores);
            return table.toString();
        }
        return JsonText.line(out -> {
                    out.writeStartObject();
                    CaptionScoreView.fields(out, scores);
                    out.writeEndObject();
                })
                + System.lineSeparator();
    }

    private static ScoredCaption caption(JsonLines.Line line) {
        String hypothesis = line.text("hypothesis");
        List<String> references = line.texts("references");
        if (references.isEmpty()) {
            throw new FailureException(line.place() + " must have at least 1 reference, got none");
        }
        return new ScoredCaption(hypothesis, references);
    }
}
