package org.fovea.cli.train.segment;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.cli.terminal.Table;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.segmentation.metric.MatchingScores;
import org.fovea.segmentation.metric.SemanticScores;
import org.fovea.segmentation.train.SegmenterScores;
import org.fovea.segmentation.train.SegmenterScores.ImageScore;

/** Report of a segmenter: classes, objects, and the worst images. */
record SegmentScoreReport(SegmenterScores scores) implements ScoreReport {
    private static final int WORST = 5;

    @Override
    public String text() {
        SemanticScores pixels = scores.pixels();
        String end = System.lineSeparator();
        Table head = new Table(-1);
        head.row("images", scores.images().size());
        head.row("mean IoU", number(pixels.meanIou()));
        head.row("mean Dice", number(pixels.meanDice()));
        head.row("pixel accuracy", number(pixels.pixelAccuracy()));
        Table classes = new Table(-1);
        classes.row("class", "IoU", "Dice");
        for (int k = 0; k < pixels.classes(); k++) {
            classes.row(scores.labels().get(k), number(pixels.iou(k)), number(pixels.dice(k)));
        }
        StringBuilder out = new StringBuilder(head + end + classes);
        if (!scores.objects().isEmpty()) {
            Table objects = new Table(-1);
            objects.row("objects at IoU", "AP", "F1", "PQ");
            for (MatchingScores at : scores.objects()) {
                objects.row(
                        String.format(Locale.ROOT, "%.2f", at.threshold()),
                        number(at.averagePrecision()),
                        number(at.f1()),
                        number(at.panopticQuality()));
            }
            out.append(end).append(objects);
        }
        Table worst = new Table(-1);
        worst.row("worst images", scores.objects().isEmpty() ? "mean IoU" : "AP at 0.5");
        for (ImageScore image : scores.worst(WORST)) {
            worst.row(image.sample().name(), number(image.score()));
        }
        return out.append(end).append(worst).toString();
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        SemanticScores pixels = scores.pixels();
        json.writeStartObject();
        json.writeNumberField("images", scores.images().size());
        field(json, "mean_iou", pixels.meanIou());
        field(json, "mean_dice", pixels.meanDice());
        field(json, "pixel_accuracy", pixels.pixelAccuracy());
        json.writeArrayFieldStart("classes");
        for (int k = 0; k < pixels.classes(); k++) {
            json.writeStartObject();
            json.writeStringField("label", scores.labels().get(k));
            field(json, "iou", pixels.iou(k));
            field(json, "dice", pixels.dice(k));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("objects");
        for (MatchingScores at : scores.objects()) {
            json.writeStartObject();
            json.writeNumberField("threshold", at.threshold());
            json.writeNumberField("ap", at.averagePrecision());
            json.writeNumberField("f1", at.f1());
            json.writeNumberField("panoptic_quality", at.panopticQuality());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("worst");
        for (ImageScore image : scores.worst(WORST)) {
            json.writeStartObject();
            json.writeStringField("name", image.sample().name());
            field(json, "score", image.score());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Draws {@code worst.png}. */
    @Override
    public void draw(Path folder) throws IOException {
        WorstSheet.of(scores).writePng(folder.resolve("worst.png"));
    }

    private static void field(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
