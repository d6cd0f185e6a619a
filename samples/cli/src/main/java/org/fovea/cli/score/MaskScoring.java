package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.cli.terminal.Table;
import org.fovea.core.io.JsonText;
import org.fovea.segmentation.metric.SemanticScores;

/** The work of {@code fovea score masks}. */
final class MaskScoring {
    private MaskScoring() {}

    /** Text of the scores. */
    static String run(Path truth, Path predicted, int classes, int ignored, boolean json) throws IOException {
        SemanticScores scores = new SemanticScores(classes, ignored);
        MaskPairs.of(truth, predicted).each((pair, trueMask, predictedMask) -> scores.add(trueMask, predictedMask));
        return json ? JsonText.line(out -> write(out, scores)) + System.lineSeparator() : table(scores);
    }

    private static void write(JsonGenerator json, SemanticScores scores) throws IOException {
        json.writeStartObject();
        write(json, "mean_iou", scores.meanIou());
        write(json, "mean_dice", scores.meanDice());
        write(json, "pixel_accuracy", scores.pixelAccuracy());
        json.writeArrayFieldStart("classes");
        for (int k = 0; k < scores.classes(); k++) {
            json.writeStartObject();
            json.writeNumberField("class", k);
            write(json, "iou", scores.iou(k));
            write(json, "dice", scores.dice(k));
            json.writeNumberField("true_pixels", scores.trues(k));
            json.writeNumberField("predicted_pixels", scores.predictions(k));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static String table(SemanticScores scores) {
        Table table = new Table(-1);
        table.row("class", "IoU", "Dice", "true", "predicted");
        for (int k = 0; k < scores.classes(); k++) {
            if (scores.trues(k) + scores.predictions(k) > 0) {
                table.row(k, number(scores.iou(k)), number(scores.dice(k)), scores.trues(k), scores.predictions(k));
            }
        }
        table.row("mean", number(scores.meanIou()), number(scores.meanDice()), "", "");
        return table + "pixel accuracy " + number(scores.pixelAccuracy()) + System.lineSeparator();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
