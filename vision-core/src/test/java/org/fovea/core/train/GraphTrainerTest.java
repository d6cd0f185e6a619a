package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTrainerTest {
    @TempDir
    private Path folder;

    /** (w·x - 1)². */
    private static Value loss() {
        Graph graph = new Graph();
        Value product = graph.parameter("w", 1).multiply(graph.input("x", 1));
        return product.affine(1, -1).unary(UnaryKind.SQUARE).reshape();
    }

    /** The rate falls step by step. */
    private static GraphTrainer trainer() {
        return new GraphTrainer(
                new Nd4jBackend(),
                GraphTrainerTest::loss,
                InitialParameters.of(loss().graph(), 1),
                TrainingPlan.of(Optimizer.adamW(0), new Schedule.Cosine(0.1, 0, 0, 0, 10)));
    }

    private static Tensor after(GraphTrainer trainer, int steps) {
        while (trainer.steps() < steps) {
            trainer.step(Map.of("x", Tensor.of(new double[] {1 + 0.1 * trainer.steps()}, 1)));
        }
        return trainer.parameters().tensor("w");
    }

    @Test
    void savedAndResumedGoesOnAsIfWithoutBreak() throws IOException {
        Path file = folder.resolve("state.safetensors");
        Tensor whole;
        try (GraphTrainer trainer = trainer()) {
            after(trainer, 3);
            trainer.save(file);
            whole = after(trainer, 6);
        }
        try (GraphTrainer resumed = trainer()) {
            resumed.resume(file);
            assertEquals(3, resumed.steps());
            Tensors.assertClose(whole, after(resumed, 6), 0);
        }
    }

    @Test
    void fileWithoutStepsIsRefused() throws IOException {
        Path file = folder.resolve("other.safetensors");
        new SafetensorsWriter().add("w", Tensor.of(new float[] {1}, 1)).write(file);
        try (GraphTrainer trainer = trainer()) {
            String message = assertThrows(ModelFormatException.class, () -> trainer.resume(file))
                    .getMessage();
            assertTrue(message.contains("must say how many steps were made"), message);
        }
    }

    /** x + 0·w with half of the elements dropped: the loss tells which, and how often. */
    private static Value dropped() {
        Graph graph = new Graph();
        Value ones = graph.fill(1, 64).add(graph.parameter("w", 1).affine(0, 0));
        Value kept = graph.apply(new Dropout(0.5, 0), ones, graph.indexInput("dropout_seed", 1));
        return kept.mean(false, 0);
    }

    private static List<Double> droppedLosses(long seed) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.constant(0.1))
                .seed(seed)
                .build();
        try (GraphTrainer trainer = new GraphTrainer(
                new Nd4jBackend(),
                GraphTrainerTest::dropped,
                InitialParameters.of(dropped().graph(), 1),
                plan)) {
            return IntStream.range(0, 4).mapToObj(i -> trainer.step(Map.of())).toList();
        }
    }

    @Test
    void everyStepDropsByASeedOfItsOwn() {
        List<Double> losses = droppedLosses(1);
        assertEquals(losses, droppedLosses(1));
        assertTrue(losses.stream().distinct().count() > 1, losses.toString());
        assertNotEquals(losses, droppedLosses(2));
    }

    @Test
    void accumulatedBatchesMakeOneStep() {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.sgd(0, 0), Schedule.constant(0.1))
                .accumulation(2)
                .build();
        try (GraphTrainer trainer = new GraphTrainer(
                new Nd4jBackend(), GraphTrainerTest::loss, InitialParameters.of(loss().graph(), 1), plan)) {
            Tensor before = trainer.parameters().tensor("w");
            trainer.step(Map.of("x", Tensor.of(new double[] {1}, 1)));
            assertEquals(0, trainer.steps());
            Tensors.assertClose(before, trainer.parameters().tensor("w"), 0);
            trainer.step(Map.of("x", Tensor.of(new double[] {3}, 1)));
            assertEquals(1, trainer.steps());
            double w = before.toDoubles()[0];
            double gradient = (2 * (w - 1) + 2 * 3 * (3 * w - 1)) / 2;
            Tensors.assertClose(
                    new double[] {w - 0.1 * gradient}, trainer.parameters().tensor("w"), 1e-6);
        }
    }

    @Test
    void lossThatIsNotFiniteIsTheTrainersOneException() {
        try (GraphTrainer trainer = trainer()) {
            after(trainer, 2);
            Map<String, Tensor> bad = Map.of("x", Tensor.of(new double[] {Double.NaN}, 1));
            NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> trainer.step(bad));
            assertEquals(3, e.step());
            assertTrue(e.tensor().startsWith("input x, 1 of the 1 elements"), e.tensor());
            assertEquals(2, trainer.steps());
        }
    }
}
