package org.fovea.cli.train.classify;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.terminal.Table;
import org.fovea.cli.train.task.BrokenImages;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.metric.ConfusionMatrix;
import org.fovea.vit.train.Evaluation;

/** Report that {@code fovea evaluate} prints. */
record EvaluationReport(Evaluation evaluation) implements ScoreReport {
    /** Maximum number of classes whose confusion matrix fits on a screen. */
    private static final int MATRIX_CLASSES = 20;

    private static final int TOP = 5;

    @Override
    public String text() {
        ClassificationScores scores = evaluation.scores();
        Table head = new Table(-1);
        head.row("images", scores.images());
        head.row("top-1", percent(scores.topAccuracy(1)));
        head.row("top-5", percent(scores.topAccuracy(TOP)));
        head.row("mean recall", percent(scores.confusion().meanRecall()));
        head.row("cross-entropy", number(scores.meanLoss()));
        head.row("calibration error", number(scores.calibrationError()));
        BrokenImages.row(head, evaluation.broken());
        StringBuilder out = new StringBuilder(head.toString()).append(System.lineSeparator());
        out.append(classes());
        if (evaluation.labels().size() <= MATRIX_CLASSES) {
            out.append(System.lineSeparator()).append("right class, down; predicted, across:");
            out.append(System.lineSeparator()).append(matrix());
        }
        return out.toString();
    }

    private String classes() {
        ConfusionMatrix matrix = evaluation.scores().confusion();
        Table table = new Table(-1);
        table.row("class", "images", "precision", "recall");
        for (int i = 0; i < matrix.classes(); i++) {
            table.row(
                    evaluation.labels().get(i),
                    matrix.support(i),
                    percent(matrix.precision(i)),
                    percent(matrix.recall(i)));
        }
        return table.toString();
    }

    private String matrix() {
        ConfusionMatrix matrix = evaluation.scores().confusion();
        StringBuilder out = new StringBuilder();
        for (int actual = 0; actual < matrix.classes(); actual++) {
            for (int predicted = 0; predicted < matrix.classes(); predicted++) {
                out.append(String.format("%6d", matrix.count(actual, predicted)));
            }
            out.append("  ").append(evaluation.labels().get(actual)).append(System.lineSeparator());
        }
        return out.toString();
    }

    /** Draws {@code confusion.png} and {@code mistakes.png}. */
    @Override
    public void draw(Path folder) throws IOException {
        ConfusionPicture.of(evaluation).writePng(folder.resolve("confusion.png"));
        MistakeSheet.of(evaluation).writePng(folder.resolve("mistakes.png"));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        ClassificationScores scores = evaluation.scores();
        ConfusionMatrix matrix = scores.confusion();
        List<String> labels = evaluation.labels();
        json.writeStartObject();
        json.writeNumberField("images", scores.images());
        json.writeNumberField("top1", scores.topAccuracy(1));
        json.writeNumberField("top5", scores.topAccuracy(TOP));
        number(json, "mean_recall", matrix.meanRecall());
        number(json, "cross_entropy", scores.meanLoss());
        number(json, "ece", scores.calibrationError());
        json.writeArrayFieldStart("classes");
        for (int i = 0; i < matrix.classes(); i++) {
            json.writeStartObject();
            json.writeStringField("label", labels.get(i));
            json.writeNumberField("images", matrix.support(i));
            number(json, "precision", matrix.precision(i));
            number(json, "recall", matrix.recall(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("confusion");
        for (int actual = 0; actual < matrix.classes(); actual++) {
            json.writeStartArray();
            for (int predicted = 0; predicted < matrix.classes(); predicted++) {
                json.writeNumber(matrix.count(actual, predicted));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        BrokenImages.field(json, evaluation.broken());
        json.writeEndObject();
    }

    /** Writes a number, or null for NaN, such as the recall of a class without images. */
    private static void number(JsonGenerator json, String key, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(key, value);
        } else {
            json.writeNullField(key);
        }
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
