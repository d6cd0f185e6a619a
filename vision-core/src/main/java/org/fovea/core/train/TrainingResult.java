package org.fovea.core.train;

import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;

/**
 * The end of a run; weights are under the model's own names, in memory.
 *
 * @param position final position
 * @param last scores of the final weights
 * @param bestWeights weights of the epoch with the best score
 * @param lastWeights final weights; moving averages if there are any
 */
public record TrainingResult(TrainingPosition position, Metrics last, Parameters bestWeights, Parameters lastWeights) {}
