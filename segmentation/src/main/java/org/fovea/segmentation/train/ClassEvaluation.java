package org.fovea.segmentation.train;

import java.util.List;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.metric.SemanticScores;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.model.PixelPredictor;

/** Scores of classes: mean IoU and Dice coefficient over the classes, and the share of pixels that are right. */
public record ClassEvaluation(List<SegmentationSample> samples) implements SegmentationEvaluation {
    /** Copies the list. */
    public ClassEvaluation {
        samples = List.copyOf(samples);
    }

    @Override
    public Metrics score(PixelNetwork model, Parameters weights, Backend backend, Precision precision) {
        SemanticScores pixels = new SemanticScores(model.classes(), SegmentationSample.IGNORED);
        try (PixelPredictor predictor = new PixelPredictor(model, backend, weights, precision)) {
            samples.forEach(sample -> pixels.add(
                    sample.classes(), predictor.predict(sample.image()).classes()));
        }
        return new Metrics(
                List.of(
                        Metric.higher("mean_iou", pixels.meanIou()),
                        Metric.higher("mean_dice", pixels.meanDice()),
                        Metric.higher("pixel_accuracy", pixels.pixelAccuracy())),
                "mean_iou");
    }
}
