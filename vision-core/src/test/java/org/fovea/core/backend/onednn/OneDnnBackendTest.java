package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class OneDnnBackendTest {
    private static final int WIDTH = 256;
    private final OneDnnBackend backend = OneDnnBackend.create();

    private static Tensor normal(long seed, double scale, int... sizes) {
        Random random = new Random(seed);
        float[] values = new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(values, sizes);
    }

    /** A perceptron with a residual sum over some tokens: every epilogue a linear map can have. */
    private static Graph perceptron(int images) {
        Graph graph = new Graph();
        Value x = graph.input("x", images, 5, WIDTH);
        Value h = x.linear(graph.parameter("w1", 2 * WIDTH, WIDTH), graph.parameter("b1", 2 * WIDTH))
                .gelu(GeluKind.EXACT); // [B, N, 2C]
        Value y = x.add(h.linear(graph.parameter("w2", WIDTH, 2 * WIDTH), graph.parameter("b2", WIDTH)));
        graph.output("y", y.slice(1, 0, 4));
        return graph;
    }

    private static Parameters weights() {
        Map<String, Tensor> out = new HashMap<>();
        out.put("w1", normal(1, 0.05, 2 * WIDTH, WIDTH));
        out.put("b1", normal(2, 0.5, 2 * WIDTH));
        out.put("w2", normal(3, 0.05, WIDTH, 2 * WIDTH));
        out.put("b2", normal(4, 0.5, WIDTH));
        return Parameters.of(out);
    }

    private float[] run(Graph graph, Precision precision, Tensor x) {
        try (Program program = backend.compile(graph, weights(), precision)) {
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

    @Test
    void everyOperationHasALowering() {
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            assertTrue(Lowerings.RULES.containsKey(op), op + " has none");
        }
    }

    @Test
    void narrowPrecisionsStayCloseToSingle() {
        Tensor x = normal(9, 1, 3, 5, WIDTH);
        float[] single = run(perceptron(3), Precision.F32, x);
        double bf16 = relativeError(single, run(perceptron(3), Precision.BF16, x));
        double int8 = relativeError(single, run(perceptron(3), Precision.INT8, x));
        assertTrue(bf16 > 1e-6 && bf16 < 5e-3, "bf16 error " + bf16);
        assertTrue(int8 > bf16 && int8 < 2e-2, "int8 error " + int8);
    }

    @Test
    void eightBitResultsDoNotDependOnTheOtherImages() {
        float[] one = normal(9, 1, 1, 5, WIDTH).toFloats();
        float[] loud = normal(10, 50, 1, 5, WIDTH).toFloats();
        float[] both = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(loud, 0, both, one.length, loud.length);
        float[] alone = run(perceptron(1), Precision.INT8, Tensor.of(one, 1, 5, WIDTH));
        float[] together = run(perceptron(2), Precision.INT8, Tensor.of(both, 2, 5, WIDTH));
        assertArrayEquals(alone, Arrays.copyOf(together, alone.length), 1e-5f);
    }

    @Test
    void epiloguesRideOnTheirProduct() {
        try (Program program = backend.compile(perceptron(1), weights(), Precision.F32)) {
            long products =
                    program.toString().lines().filter(l -> l.contains("matmul")).count();
            assertEquals(2, products);
            assertFalse(program.toString().contains("Unary"), program.toString());
        }
    }

    @Test
    void programsOfOneSourceShareTheirWeights() {
        Parameters weights = weights();
        WeightStore.Lease lease = WeightStore.lease(weights);
        try (Program one = backend.compile(perceptron(1), weights, Precision.F32);
                Program eight = backend.compile(perceptron(8), weights, Precision.F32)) {
            assertEquals(one.toString().contains("w1"), eight.toString().contains("w1"));
            assertTrue(lease.find("w1:F32") != null);
            assertTrue(lease.find("w1:F32:" + 8 * 5) == null, "packed twice");
        }
        assertTrue(lease.find("w1:F32") == null, "still held after the last program was closed");
    }

    @Test
    void eightThreadsGetWhatOneGets() throws Exception {
        List<Tensor> inputs =
                IntStream.range(0, 8).mapToObj(i -> normal(i, 1, 2, 5, WIDTH)).toList();
        try (Program program = backend.compile(perceptron(2), weights(), Precision.F32)) {
            List<float[]> alone = inputs.stream()
                    .map(x -> program.run(Map.of("x", x)).get("y").toFloats())
                    .toList();
            ExecutorService pool = Executors.newFixedThreadPool(8);
            try {
                for (int round = 0; round < 10; round++) {
                    List<Future<float[]>> together = inputs.stream()
                            .map(x -> pool.submit(
                                    () -> program.run(Map.of("x", x)).get("y").toFloats()))
                            .toList();
                    for (int i = 0; i < inputs.size(); i++) {
                        assertArrayEquals(alone.get(i), together.get(i).get());
                    }
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void runAfterCloseSaysSo() {
        Program program = backend.compile(perceptron(1), weights(), Precision.F32);
        program.close();
        program.close();
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> program.run(Map.of("x", normal(1, 1, 1, 5, WIDTH))));
        assertEquals("run: the program is closed; compile a new one", e.getMessage());
    }

    @Test
    void compileRefusesAWeightOfAnotherShape() {
        Parameters wrong = Parameters.of(Map.of("w1", normal(1, 1, 3, 3)));
        Graph graph = new Graph();
        graph.output("y", graph.input("x", 2, 4).linear(graph.parameter("w1", 3, 4)));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> backend.compile(graph, wrong, Precision.F32));
        assertEquals("compile: parameter \"w1\" must be [3, 4] as the graph has it, got [3, 3]", e.getMessage());
    }

    @Test
    void longAttentionNeverHoldsAllScores() {
        int tokens = 3137;
        Graph graph = new Graph();
        Value q = graph.input("q", 1, 12, tokens, 16);
        graph.output("y", graph.apply(new Attention(0.25, false), q, q, q));
        try (Program program = backend.compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            String last = program.toString().lines().reduce((a, b) -> b).orElseThrow();
            long arena = Long.parseLong(last.replaceAll("\\D", ""));
            long inputAndOutput = 3L * 4 * 12 * tokens * 16;
            assertTrue(arena < inputAndOutput + (40L << 20), "arena of " + arena + " bytes; all scores take 472 MB");
        }
    }

    @Test
    void longAttentionEqualsThePlainFormula() {
        Graph graph = new Graph();
        Value q = graph.input("q", 1, 4, 1500, 8);
        Value k = graph.input("k", 1, 4, 1500, 8);
        graph.output("y", graph.apply(new Attention(0.5, false), q, k, k));
        graph.output("plain", q.matmul(k, false, true).affine(0.5, 0).softmax(3).matmul(k));
        try (Program program = backend.compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            Map<String, Tensor> out =
                    program.run(Map.of("q", normal(1, 1, 1, 4, 1500, 8), "k", normal(2, 1, 1, 4, 1500, 8)));
            assertArrayEquals(out.get("plain").toFloats(), out.get("y").toFloats(), 2e-5f);
        }
    }
}
