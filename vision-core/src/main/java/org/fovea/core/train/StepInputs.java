package org.fovea.core.train;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.core.data.Batch;
import org.fovea.core.tensor.Tensor;

/**
 * What the program of a {@link TrainingGraph} is run with: images, targets, and the scalars that change from step to step.
 *
 * @param graph of the program
 * @param settings it was made with
 */
public record StepInputs(TrainingGraph graph, TrainingSettings settings) {
    /** The input that training adds to a model: {@code [B, K]}, probabilities. */
    public static final String TARGETS = "targets";

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // Steele et al. 2014, "Fast splittable PRNGs"

    /**
     * The inputs of one batch, those alone that the graph asks for.
     *
     * @param rate the learning rate
     * @param step updates made before this one
     * @param part which of the update's batches this is, from 0 to one less than {@link TrainingSettings#accumulation}
     */
    public Map<String, Tensor> of(Batch batch, double rate, long step, int part) {
        int count = settings.accumulation();
        Map<String, Tensor> all = new HashMap<>();
        all.put(TrainableModel.PIXELS, batch.pixels());
        all.put(TARGETS, batch.targets());
        all.put(TrainingGraph.RATE, scalar(rate));
        all.put(TrainingGraph.STEP, scalar(step + 1));
        all.put(TrainingGraph.APPLY, scalar(part == count - 1 ? 1 : 0));
        all.put(TrainingGraph.EMA_DECAY, scalar(settings.emaDecay(step)));
        long draw = settings.seed() + (step * count + part) * GOLDEN_GAMMA;
        all.put(TrainableModel.DROPOUT_SEED, Tensor.of(new int[] {new SplittableRandom(draw).nextInt()}, 1));
        all.keySet().retainAll(graph.graph().inputs().keySet());
        return all;
    }

    private static Tensor scalar(double value) {
        return Tensor.of(new double[] {value});
    }
}
