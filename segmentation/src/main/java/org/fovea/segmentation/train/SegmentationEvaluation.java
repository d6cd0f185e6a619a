package org.fovea.segmentation.train;

import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.PixelNetwork;

/** Scores of a network on images that it does not learn from. */
@FunctionalInterface
public interface SegmentationEvaluation {
    /** Evaluation without scores. */
    SegmentationEvaluation NONE = (model, weights, backend, precision) -> Metrics.none();

    /** Scores weights. */
    Metrics score(PixelNetwork model, Parameters weights, Backend backend, Precision precision);
}
