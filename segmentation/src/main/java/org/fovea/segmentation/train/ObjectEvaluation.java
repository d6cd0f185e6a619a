package org.fovea.segmentation.train;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.MatchingScores;
import org.fovea.segmentation.metric.SemanticScores;
import org.fovea.segmentation.model.PixelMaps;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.model.PixelPredictor;

/**
 * Scores of objects: average precision, pooled over the images, and IoU of the foreground.
 *
 * @param samples images with known instances
 */
public record ObjectEvaluation(List<SegmentationSample> samples, Watershed watershed)
        implements SegmentationEvaluation {
    private static final double LOW = 0.5;
    private static final double HIGH = 0.75;

    /** Copies the list. */
    public ObjectEvaluation {
        samples = List.copyOf(samples);
    }

    @Override
    public Metrics score(PixelNetwork model, Parameters weights, Backend backend, Precision precision) {
        List<MatchingScores> low = new ArrayList<>();
        List<MatchingScores> high = new ArrayList<>();
        SemanticScores pixels = new SemanticScores(model.classes(), SegmentationSample.IGNORED);
        try (PixelPredictor predictor = new PixelPredictor(model, backend, weights, precision)) {
            for (SegmentationSample sample : samples) {
                PixelMaps maps = predictor.predict(sample.image());
                InstanceMatching matching = InstanceMatching.of(
                        sample.instances().orElseThrow(),
                        watershed.objects(maps.foreground(), maps.depth(), maps.height(), maps.width()));
                low.add(matching.at(LOW));
                high.add(matching.at(HIGH));
                pixels.add(sample.classes(), maps.classes());
            }
        }
        return new Metrics(
                List.of(
                        Metric.higher("ap50", MatchingScores.pooled(low).averagePrecision()),
                        Metric.higher("ap75", MatchingScores.pooled(high).averagePrecision()),
                        Metric.higher("iou", pixels.iou(1))),
                "ap50");
    }
}
