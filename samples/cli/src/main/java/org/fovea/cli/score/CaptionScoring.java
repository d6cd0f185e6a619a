package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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

    /** The text to print of a file's scores. */
    static String run(String file, boolean tokenized, boolean json) throws IOException {
        List<ScoredCaption> captions = new JsonLines(file, "image", FORM).read(CaptionScoring::caption);
        CaptionScores scores = tokenized ? CaptionScores.ofTokenized(captions) : CaptionScores.of(captions);
        return json ? JsonText.line(out -> write(out, scores)) + System.lineSeparator() : table(scores);
    }

    private static ScoredCaption caption(JsonLines.Line line) {
        String hypothesis = line.text("hypothesis");
        List<String> references = line.texts("references");
        if (references.isEmpty()) {
            throw new FailureException(line.place() + " must have at least 1 reference, got none");
        }
        return new ScoredCaption(hypothesis, references);
    }

    private static void write(JsonGenerator json, CaptionScores scores) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("bleu");
        for (double bleu : scores.bleu()) {
            json.writeNumber(bleu);
        }
        json.writeEndArray();
        json.writeNumberField("rouge_l", scores.rougeL());
        json.writeNumberField("cider", scores.cider());
        json.writeEndObject();
    }

    private static String table(CaptionScores scores) {
        Table table = new Table(1);
        for (int i = 0; i < scores.bleu().size(); i++) {
            table.row("BLEU-" + (i + 1), number(scores.bleu().get(i)));
        }
        table.row("ROUGE-L", number(scores.rougeL()));
        table.row("CIDEr", number(scores.cider()));
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
