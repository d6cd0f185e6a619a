package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int8WeightsTest {
    private static final int WIDTH = 96;
    private static final int HIDDEN = 160;
    private final OneDnnBackend backend = OneDnnBackend.create();
    private final Random random = new Random(5);

    private Tensor tensor(Supplier<Double> element, int... sizes) {
        float[] values = new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.get().floatValue();
        }
        return Tensor.of(values, sizes);
    }

    private Parameters weights(Supplier<Double> element) {
        return Parameters.of(Map.of(
                "w1", tensor(element, HIDDEN, WIDTH),
                "b1", tensor(random::nextGaussian, HIDDEN),
                "w2", tensor(element, WIDTH, HIDDEN)));
    }

    /** Bias and activation on the first map, a residual sum and no bias on the second. */
    private static Graph perceptron(int rows) {
        Graph graph = new Graph();
        Value x = graph.input("x", rows, 1, WIDTH);
        Value h = x.linear(graph.parameter("w1", HIDDEN, WIDTH), graph.parameter("b1", HIDDEN))
                .gelu(GeluKind.EXACT);
        graph.output("y", x.add(h.linear(graph.parameter("w2", WIDTH, HIDDEN)))); // [B, 1, C]
        return graph;
    }

    private float[] run(Parameters weights, Precision precision, Tensor x) {
        Graph graph = perceptron(x.shape().dim(0));
        try (Program program = backend.compile(graph, weights, precision)) {
            return program.run(Map.of("x", x)).get("y").toFloats();
        }
    }

    private static double relativeError(float[] expected, float[] actual) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(expected[i] - actual[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(error / size);
    }

    /** Weights of one magnitude are exact in 8 bits; what is left is the rounding of activations, to 16 bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 32, 37})
    void activationsKeepTheirPrecision(int rows) {
        Parameters exact = weights(() -> 0.05 * (random.nextInt(3) - 1));
        Tensor x = tensor(random::nextGaussian, rows, 1, WIDTH);
        double error = relativeError(run(exact, Precision.F32, x), run(exact, Precision.F32_INT8_WEIGHTS, x));
        assertTrue(error < 5e-5, "error " + error);
    }

    @Test
    void weightsAreRoundedToEightBits() {
        Parameters weights = weights(() -> 0.05 * random.nextGaussian());
        Tensor x = tensor(random::nextGaussian, 7, 1, WIDTH);
        float[] expected = run(weights, Precision.F32, x);
        for (Precision precision : new Precision[] {Precision.F32_INT8_WEIGHTS, Precision.BF16_INT8_WEIGHTS}) {
            double error = relativeError(expected, run(weights, precision, x));
            assertTrue(error > 5e-4 && error < 1e-2, precision + " error " + error);
        }
    }

    @Test
    void rowsDoNotDependOnEachOther() {
        Parameters weights = weights(() -> 0.05 * random.nextGaussian());
        Tensor one = tensor(random::nextGaussian, 1, 1, WIDTH);
        Tensor loud = tensor(() -> 100 * random.nextGaussian(), 1, 1, WIDTH);
        float[] alone = run(weights, Precision.F32_INT8_WEIGHTS, one);
        float[] beside = run(weights, Precision.F32_INT8_WEIGHTS, Tensor.stack(List.of(one, loud), 2));
        assertArrayEquals(alone, Arrays.copyOf(beside, WIDTH), 1e-6f);
    }

    @Test
    void aRowOfZerosGivesWhatTheBiasGives() {
        Parameters weights = weights(() -> 0.05 * (random.nextInt(3) - 1));
        Tensor zeros = Tensor.of(new float[WIDTH], 1, 1, WIDTH);
        assertTrue(relativeError(run(weights, Precision.F32, zeros), run(weights, Precision.F32_INT8_WEIGHTS, zeros))
                < 5e-5);
    }

    @Test
    void whatIsNoNumberStaysNone() {
        float[] values = new float[WIDTH];
        values[3] = Float.NaN;
        float[] y = run(weights(random::nextGaussian), Precision.F32_INT8_WEIGHTS, Tensor.of(values, 1, 1, WIDTH));
        assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[WIDTH - 1]), Arrays.toString(y));
    }

    @Test
    void int8WeightsDoNotTrain() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> backend.compileTraining(perceptron(1), weights(() -> 0.0), Precision.BF16_INT8_WEIGHTS))
                .getMessage();
        assertEquals("compileTraining: BF16_INT8_WEIGHTS does not train: use F32 or BF16", message);
    }
}
