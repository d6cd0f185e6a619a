package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.terminal.Table;
import org.fovea.core.io.JsonText;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.MatchingScores;

/** The work of {@code fovea score instances}. */
final class InstanceScoring {
    private InstanceScoring() {}

    private record Scored(String name, List<MatchingScores> scores) {}

    /** Text of the scores. */
    static String run(Path truth, Path predicted, List<Double> thresholds, boolean json) throws IOException {
        List<Scored> images = new ArrayList<>();
        MaskPairs.of(truth, predicted).each((pair, trueMask, predictedMask) -> {
            InstanceMatching matching = InstanceMatching.of(trueMask, predictedMask);
            images.add(new Scored(
                    pair.name(), thresholds.stream().map(matching::at).toList()));
        });
        List<MatchingScores> pooled = new ArrayList<>();
        for (int i = 0; i < thresholds.size(); i++) {
            int t = i;
            pooled.add(MatchingScores.pooled(
                    images.stream().map(image -> image.scores.get(t)).toList()));
        }
        return json ? JsonText.line(out -> write(out, pooled, images)) + System.lineSeparator() : table(pooled, images);
    }

    /** Mean over the images that have a true or a predicted object; 0 if there are none. */
    private static double meanAp(List<Scored> images, int threshold) {
        return images.stream()
                .map(image -> image.scores.get(threshold))
                .filter(scores -> scores.trueObjects() + scores.predictedObjects() > 0)
                .mapToDouble(MatchingScores::averagePrecision)
                .average()
                .orElse(0);
    }

    private static void write(JsonGenerator json, List<MatchingScores> pooled, List<Scored> images) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("pooled");
        for (int i = 0; i < pooled.size(); i++) {
            json.writeStartObject();
            write(json, pooled.get(i));
            json.writeNumberField("image_mean_ap", meanAp(images, i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("images");
        for (Scored image : images) {
            json.writeStartObject();
            json.writeStringField("name", image.name);
            json.writeArrayFieldStart("scores");
            for (MatchingScores scores : image.scores) {
                json.writeStartObject();
                write(json, scores);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MatchingScores scores) throws IOException {
        json.writeNumberField("threshold", scores.threshold());
        json.writeNumberField("true_positives", scores.truePositives());
        json.writeNumberField("false_positives", scores.falsePositives());
        json.writeNumberField("false_negatives", scores.falseNegatives());
        json.writeNumberField("ap", scores.averagePrecision());
        json.writeNumberField("precision", scores.precision());
        json.writeNumberField("recall", scores.recall());
        json.writeNumberField("f1", scores.f1());
        json.writeNumberField("panoptic_quality", scores.panopticQuality());
        json.writeNumberField("mean_matched_iou", scores.meanMatchedIou());
        json.writeNumberField("mean_true_iou", scores.meanTrueIou());
    }

    private static String table(List<MatchingScores> pooled, List<Scored> images) {
        Table table = new Table(-1);
        table.row("IoU", "AP", "mean AP", "F1", "PQ", "TP", "FP", "FN");
        for (int i = 0; i < pooled.size(); i++) {
            MatchingScores s = pooled.get(i);
            table.row(
                    String.format(Locale.ROOT, "%.2f", s.threshold()),
                    number(s.averagePrecision()),
                    number(meanAp(images, i)),
                    number(s.f1()),
                    number(s.panopticQuality()),
                    s.truePositives(),
                    s.falsePositives(),
                    s.falseNegatives());
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
