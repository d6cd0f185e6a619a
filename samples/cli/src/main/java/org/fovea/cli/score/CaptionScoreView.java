package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.cli.terminal.Table;

/** Shows the scores of captions. */
public final class CaptionScoreView {
    private CaptionScoreView() {}

    /** Adds a row for each score, with a name and a number. */
    public static void rows(Table table, CaptionScores scores) {
        for (int i = 0; i < scores.bleu().size(); i++) {
            table.row("BLEU-" + (i + 1), number(scores.bleu().get(i)));
        }
        table.row("ROUGE-L", number(scores.rougeL()));
        table.row("CIDEr", number(scores.cider()));
    }

    /** Writes the fields {@code bleu}, {@code rouge_l} and {@code cider} of an object. */
    public static void fields(JsonGenerator json, CaptionScores scores) throws IOException {
        json.writeArrayFieldStart("bleu");
        for (double bleu : scores.bleu()) {
            json.writeNumber(bleu);
        }
        json.writeEndArray();
        json.writeNumberField("rouge_l", scores.rougeL());
        json.writeNumberField("cider", scores.cider());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
