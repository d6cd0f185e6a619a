package org.fovea.core.train;

import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.weights.Parameters;

/**
 * What a run ended with; weights are under the model's own names, in memory.
 *
 * @param position where it ended
 * @param last scores of the last epoch; those of the epoch before when a resumed run had nothing left to do
 * @param bestWeights of the epoch with the best score
 * @param lastWeights of the end: moving averages where there are some
 */
public record TrainingResult(
        TrainingPosition position, ClassificationScores last, Parameters bestWeights, Parameters lastWeights) {}
