package org.fovea.core.train;

/**
 * Everything that decides what a training run does, but for model and data.
 *
 * @param schedule by the number of updates made
 */
public record TrainingRecipe(
        TrainingSettings settings, LossFunction loss, Optimizer optimizer, Schedule schedule, ParameterPolicy policy) {
    /** Cross-entropy and the standard policy. */
    public static TrainingRecipe of(TrainingSettings settings, Optimizer optimizer, Schedule schedule) {
        return new TrainingRecipe(
                settings, LossFunction.crossEntropy(0), optimizer, schedule, ParameterPolicy.standard());
    }
}
