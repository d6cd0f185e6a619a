package org.fovea.core.train;

import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;

/**
 * The end of a run; weights are under the model's own names, in memory.
 *
 * @param position at which it ended
 * @param last scores of the weights it ended with
 * @param bestWeights of the epoch with the best score
 * @param lastWeights of the end: moving averages where there are some
 */
public record TrainingResult(TrainingPosition position, Metrics last, Parameters bestWeights, Parameters lastWeights) {}
