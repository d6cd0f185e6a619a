package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two phases of training, of which the first is best before its last epoch. */
class BestEpochTest {
    private static final int BEST = 1; // of epochs 0, 1 and 2
    private static final String WEIGHT = "head.weight";

    @TempDir
    Path folder;

    /** The tiny classifier, scored by the epoch alone; keeps what it is scored on and what each step begins with. */
    private record Scored(TinyTask tiny, WeightSource initialParameters, List<float[]> epochs, List<float[]> steps)
            implements Task<ClassificationBatch> {
        static Scored from(TinyTask tiny, WeightSource start) {
            return new Scored(tiny, start, new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public Value loss() {
            return tiny.loss();
        }

        @Override
        public Map<String, Tensor> inputs(ClassificationBatch batch, Step step) {
            steps.add(step.weights().tensor(WEIGHT).toFloats());
            return tiny.inputs(batch, step);
        }

        @Override
        public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
            epochs.add(weights.tensor(WEIGHT).toFloats());
            return new Metrics(List.of(Metric.lower("away", Math.abs(epochs.size() - 1 - BEST))), "away");
        }
    }

    private static TrainingResult train(Scored task, int epochs, Checkpoints checkpoints) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.constant(1e-2))
                .epochs(epochs)
                .build();
        return new Trainer<>(new Nd4jBackend(), task, plan, checkpoints, TrainingListener.NONE)
                .resume(TrainingChild.train());
    }

    @Test
    void aSecondPhaseStartsFromTheBestEpochOfTheFirstNotTheLast() {
        TinyTask tiny = TrainingChild.task("top1", 0);
        Scored first = Scored.from(tiny, tiny.initialParameters());
        Checkpoints checkpoints = TrainingChild.checkpoints(folder, 2);
        TrainingResult result = train(first, 3, checkpoints);
        assertEquals(BEST, result.position().bestEpoch());
        assertFalse(Arrays.equals(first.epochs.get(BEST), first.epochs.get(2)), "training must move the weights");
        assertArrayEquals(first.epochs.get(2), result.lastWeights().floats(WEIGHT));

        Scored second = Scored.from(tiny, result.bestWeights());
        train(second, 1, Checkpoints.none());
        assertArrayEquals(first.epochs.get(BEST), second.steps.get(0));

        TrainingResult resumed =
                train(Scored.from(tiny, tiny.initialParameters()), 3, checkpoints); // nothing is left to do
        assertArrayEquals(first.epochs.get(BEST), resumed.bestWeights().floats(WEIGHT));
    }
}
