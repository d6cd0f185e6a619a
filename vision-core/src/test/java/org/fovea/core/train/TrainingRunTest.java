package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of two phases, of which the second ends worse than the first. */
class TrainingRunTest {
    private static final TrainingConfig RECIPE = TrainingConfig.of(TrainingKeys.ALL)
            .with(TrainingKeys.EPOCHS, 2)
            .with(TrainingKeys.LEARNING_RATE, 0.1)
            .with(TrainingKeys.WARMUP_EPOCHS, 0.0)
            .with(TrainingKeys.SCHEDULE, "constant")
            .with(TrainingKeys.WEIGHT_DECAY, 0.0);

    @TempDir
    Path folder;

    private final List<String> phases = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onPhase(String name, TrainingPlan plan) {
            phases.add(name);
        }
    };

    /** One weight that is drawn to a number, and is scored by its distance from 1. */
    private record Drawn(float start, float target) implements Task<Float> {
        @Override
        public Value loss() {
            Graph graph = new Graph();
            Value away = Scope.of(graph).parameter("w", 1).subtract(graph.input("target", 1));
            return away.multiply(away);
        }

        @Override
        public WeightSource initialParameters() {
            return Parameters.of(Map.of("w", Tensor.of(new float[] {start}, 1)));
        }

        @Override
        public Map<String, Tensor> inputs(Float batch, Step step) {
            return Map.of("target", Tensor.of(new float[] {target}, 1));
        }

        @Override
        public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
            return new Metrics(List.of(Metric.lower("away", Math.abs(weights.floats("w")[0] - 1))), "away");
        }
    }

    /** Saves the weight as text. */
    private static final class Setup implements TrainingSetup<Float, Float> {
        private static TrainingPhase<Float> phase(String name, float target) {
            BatchSource<Float> batches = BatchSource.generated(1, 3, epoch -> number -> 0f);
            return new TrainingPhase<>(
                    name,
                    batches,
                    updates -> TrainingKeys.plan(RECIPE, updates, ParameterPolicy.standard()),
                    before -> new Drawn(before.map(w -> w.floats("w")[0]).orElse(0f), target));
        }

        @Override
        public void saveDescription(Path directory) throws IOException {
            Files.writeString(directory.resolve("config.json"), "{}");
        }

        @Override
        public List<TrainingPhase<Float>> phases(Path directory, Backend backend) {
            assertTrue(Files.exists(directory.resolve("config.json")), "the description comes first");
            return List.of(phase("", 1), phase("second", -1));
        }

        @Override
        public void saveWeights(Path directory, Parameters weights) throws IOException {
            Files.writeString(directory.resolve("weights"), Float.toString(weights.floats("w")[0]));
        }

        @Override
        public Float evaluate(Path directory, Backend backend) {
            throw new UnsupportedOperationException("nothing to score");
        }

        @Override
        public void close() {}
    }

    private float run(TrainingConfig recipe, boolean resume) throws IOException {
        new TrainingRun(folder, recipe, TrainingRun.Options.DEFAULTS)
                .run(new Setup(), new Nd4jBackend(), resume, listener);
        return Float.parseFloat(Files.readString(folder.resolve("weights")));
    }

    private List<Double> scores(String phase) throws IOException {
        return MetricsFile.of(folder.resolve(phase).resolve("metrics.csv")).column("away");
    }

    @Test
    void bestWeightsOfAllPhasesAreKept() throws IOException {
        float kept = run(RECIPE, false);
        assertEquals(List.of("", "second"), phases);
        List<Double> first = scores("");
        assertEquals(2, first.size());
        assertTrue(first.get(1) < first.get(0), first.toString());
        assertEquals(1 - first.get(1), kept, 1e-5);
        assertTrue(scores("second").get(0) > first.get(1), "the second phase starts where the first was best");
        assertEquals(Optional.empty(), TrainingKeys.taskOf(TrainingRun.recipeFile(folder)));
        assertEquals(kept, run(RECIPE, true));
    }

    @Test
    void lastWeightsAreThoseOfTheLastPhase() throws IOException {
        float kept = run(RECIPE.with(TrainingKeys.KEEP, "last"), false);
        assertEquals(1 - scores("second").get(1), kept, 1e-5);
    }

    @Test
    void folderOfARunIsNotUsedAgain() throws IOException {
        run(RECIPE, false);
        TrainingConfigException error = assertThrows(TrainingConfigException.class, () -> run(RECIPE, false));
        assertTrue(error.getMessage().contains("go on with it by --resume"), error.getMessage());
    }
}
