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
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Hardware;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private double errorOf(Precision precision) {
        Tensor x = normal(9, 1, 3, 5, WIDTH);
        return relativeError(run(perceptron(3), Precision.F32, x), run(perceptron(3), precision, x));
    }

    @Test
    void bfloat16StaysCloseToSingle() {
        Hardware.assumeBfloat16();
        double bf16 = errorOf(Precision.BF16);
        assertTrue(bf16 > 1e-6 && bf16 < 5e-3, "bf16 error " + bf16);
    }

    @Test
    void eightBitsStayCloseToSingle() {
        double int8 = errorOf(Precision.INT8);
        assertTrue(int8 > 5e-3 && int8 < 2e-2, "int8 error " + int8); // above bf16's
    }

    @Test
    void bfloat16IsRefusedOnAProcessorWithoutIt() {
        Hardware.assumeNoBfloat16();
        String rule =
                ": BF16 needs a processor with AVX-512, and oneDNN has " + backend.instructionSet() + " here: use F32";
        Graph graph = perceptron(1);
        assertRefused("compile" + rule, () -> backend.compile(graph, weights(), Precision.BF16));
        assertRefused("compileTraining" + rule, () -> backend.compileTraining(graph, weights(), Precision.BF16));
        assertRefused("productGflops" + rule, () -> backend.productGflops(Precision.BF16));
    }

    @Test
    void precisionsThatNoProcessorHasAreRefused() {
        Graph graph = perceptron(1);
        assertRefused(
                "compile: the backend onednn has no F64: use F32, or the backend nd4j",
                () -> backend.compile(graph, weights(), Precision.F64));
        assertRefused(
                "compileTraining: INT8 does not train: use F32 or BF16",
                () -> backend.compileTraining(graph, weights(), Precision.INT8));
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
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

    /** Older processors add pairs of 8-bit products in 16 bits, which the largest values of both sides overflow. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, -1", "-1, 1", "-1, -1", "0.01, 1"})
    void eightBitSumsDoNotSaturate(float value, float weight) {
        Graph graph = new Graph();
        Value y = graph.input("x", 2, 5, WIDTH).linear(graph.parameter("w1", 2 * WIDTH, WIDTH));
        graph.output("y", y.slice(1, 0, 4));
        float[] values = new float[2 * 5 * WIDTH];
        Arrays.fill(values, value);
        values[0] = 1;
        values[5 * WIDTH] = 1;
        float[] weights = new float[2 * WIDTH * WIDTH];
        Arrays.fill(weights, weight);
        Parameters source = Parameters.of(Map.of("w1", Tensor.of(weights, 2 * WIDTH, WIDTH)));
        try (Program program = backend.compile(graph, source, Precision.INT8)) {
            float[] sums = program.run(Map.of("x", Tensor.of(values, 2, 5, WIDTH)))
                    .get("y")
                    .toFloats();
            float rounded = Math.round(value * 127) / 127f;
            for (int i = 0; i < sums.length; i++) {
                float first = i % (4 * 2 * WIDTH) < 2 * WIDTH ? 1 - rounded : 0;
                assertEquals(weight * (WIDTH * rounded + first), sums[i], 1e-3, "element " + i);
            }
        }
    }

    @Test
    void epiloguesRideOnTheirProduct() {
        try (Program program = backend.compile(perceptron(1), weights(), Precision.F32)) {
            List<String> lines = program.toString().lines().toList();
            assertEquals(3, lines.size(), program.toString()); // the last is the arena's
            for (String product : lines.subList(0, 2)) {
                assertTrue(product.matches(".* (brg_)?(matmul|gemm):.*"), product);
            }
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

    @Test
    void partsOfLongAttentionReadTheirPartsOfAMask() {
        for (int[] sizes : new int[][] {{12, 1, 700}, {12, 700, 1}, {1, 700, 700}}) {
            Graph graph = new Graph();
            Value q = graph.input("q", 1, 12, 700, 4);
            Value k = graph.input("k", 1, 12, 700, 4);
            Value mask = graph.input("mask", sizes);
            Node masked = graph.add(new Attention(0.5, true), List.of(q, k, k, mask));
            graph.output("y", masked.outputs().get(0));
            graph.output("p", masked.outputs().get(1));
            Value weights = q.matmul(k, false, true).affine(0.5, 0).add(mask).softmax(3);
            graph.output("plain", weights.matmul(k));
            graph.output("weights", weights);
            try (Program program = backend.compile(graph, Parameters.of(Map.of()), Precision.F32)) {
                Map<String, Tensor> out = program.run(Map.of(
                        "q", normal(1, 1, 1, 12, 700, 4),
                        "k", normal(2, 1, 1, 12, 700, 4),
                        "mask", normal(3, 1, sizes)));
                assertArrayEquals(out.get("plain").toFloats(), out.get("y").toFloats(), 2e-5f);
                assertArrayEquals(out.get("weights").toFloats(), out.get("p").toFloats(), 2e-5f);
            }
        }
    }
}
