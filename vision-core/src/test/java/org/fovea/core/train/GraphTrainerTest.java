package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.nd4j.Nd4jBackend;
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

    /** (w·x - 1)², rate falling step by step. */
    private static GraphTrainer trainer() {
        Graph graph = new Graph();
        Value product = graph.parameter("w", 1).multiply(graph.input("x", 1));
        Value loss = product.affine(1, -1).unary(UnaryKind.SQUARE).reshape();
        TrainingRecipe recipe = TrainingRecipe.of(
                TrainingSettings.builder().build(), Optimizer.adamW(0), new Schedule.Cosine(0.1, 0, 0, 0, 10));
        return new GraphTrainer(new Nd4jBackend(), graph, loss, InitialParameters.of(graph, 1), recipe);
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
}
