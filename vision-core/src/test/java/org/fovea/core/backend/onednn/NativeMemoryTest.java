package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Native memory goes back when something fails, and what compiling needs is gone afterwards. None of it waits for a collection. */
class NativeMemoryTest {
    private static final int ROWS = 1 << 10;
    private final OneDnnBackend backend = OneDnnBackend.create();

    /** Weights whose values cannot be read. */
    private record Unreadable(Shape shape) implements WeightSource {
        @Override
        public Shape shape(String name) {
            return shape;
        }

        @Override
        public Tensor tensor(String name) {
            throw new IllegalStateException("the disk is gone");
        }

        @Override
        public void readFloats(String name, FloatBuffer target) {
            tensor(name);
        }
    }

    /** Weights that say they equal all others of their kind. */
    private record Named(Tensor values) implements WeightSource {
        @Override
        public Shape shape(String name) {
            return values.shape();
        }

        @Override
        public Tensor tensor(String name) {
            return values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static long growth(int times, Executable work) throws Throwable {
        work.execute();
        long before = Pointer.totalBytes();
        for (int i = 0; i < times; i++) {
            work.execute();
        }
        return Pointer.totalBytes() - before;
    }

    @Test
    void runsThatFailGiveTheirArenaBack() throws Throwable {
        Graph graph = new Graph();
        Value x = graph.input("x", ROWS, ROWS);
        graph.output("y", x.exp().gather(0, graph.indexInput("i", 1)));
        Tensor zeros = Tensor.zeros(DType.F32, Shape.of(ROWS, ROWS));
        Tensor beyond = Tensor.of(new int[] {ROWS}, 1);
        Tensor wide = Tensor.wrap(
                DType.I64,
                Shape.of(1),
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40));
        try (Program program = backend.compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            long growth = growth(20, () -> {
                assertThrows(IllegalArgumentException.class, () -> program.run(Map.of("x", zeros, "i", beyond)));
                assertThrows(ArithmeticException.class, () -> program.run(Map.of("x", zeros, "i", wide)));
            });
            assertTrue(growth < 4L * ROWS * ROWS, "20 failed runs hold " + growth + " bytes more");
        }
    }

    @Test
    void weightsThatCannotBeReadHoldNoMemory() throws Throwable {
        WeightSource source = new Unreadable(Shape.of(ROWS, ROWS));
        Graph product = new Graph();
        product.output("y", product.input("x", 2, ROWS).linear(product.parameter("w", ROWS, ROWS)));
        Graph plain = new Graph();
        plain.output("y", plain.parameter("w", ROWS, ROWS).exp());
        long growth = growth(20, () -> {
            for (Graph graph : new Graph[] {product, plain}) {
                assertThrows(IllegalStateException.class, () -> backend.compile(graph, source, Precision.F32));
            }
        });
        assertTrue(growth < 4L * ROWS * ROWS, "20 failed compilations hold " + growth + " bytes more");
    }

    @Test
    void descriptorsAreClosed() throws Throwable {
        Graph graph = new Graph();
        Value x = graph.input("x", 4, 32);
        for (int i = 0; i < 10; i++) {
            x = x.linear(graph.parameter("w" + i, 32, 32))
                    .relu()
                    .softmax(1)
                    .permute(1, 0)
                    .reshape(4, 32);
        }
        graph.output("y", x);
        Random random = new Random(1);
        Parameters weights = Parameters.of(IntStream.range(0, 10)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "w" + i, i -> Tensor.of(random.doubles(1024).toArray(), 32, 32))));
        Tensor input = Tensor.zeros(DType.F32, Shape.of(4, 32));
        try (Program other = backend.compile(graph, weights, Precision.F32)) {
            float[] expected = other.run(Map.of("x", input)).get("y").toFloats();
            long before = Pointer.totalCount();
            for (int i = 0; i < 10; i++) {
                try (Program program = backend.compile(graph, weights, Precision.F32)) {
                    assertArrayEquals(
                            expected, program.run(Map.of("x", input)).get("y").toFloats());
                }
            }
            long left = Pointer.totalCount() - before;
            assertTrue(left < 50, left + " native objects are left of 10 closed programs");
            assertArrayEquals(expected, other.run(Map.of("x", input)).get("y").toFloats());
        }
    }

    @Test
    void sourcesThatEqualEachOtherKeepTheirOwnWeights() {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", 1, 2).linear(graph.parameter("w", 1, 2)));
        Named ones = new Named(Tensor.of(new float[] {1, 1}, 1, 2));
        Named twos = new Named(Tensor.of(new float[] {2, 2}, 1, 2));
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {1, 2}, 1, 2));
        try (Program first = backend.compile(graph, ones, Precision.F32);
                Program second = backend.compile(graph, twos, Precision.F32)) {
            assertArrayEquals(new float[] {3}, first.run(inputs).get("y").toFloats());
            assertArrayEquals(new float[] {6}, second.run(inputs).get("y").toFloats());
        }
    }

    /** Derivatives by keys and values that nobody looked at, where earlier values of the run lay before. */
    @Test
    void attentionWithoutQueriesHasDerivativesOfZero() {
        Graph graph = new Graph();
        Value keys = graph.input("k", 3, 2, 5, 4);
        Value values = graph.input("v", 3, 2, 5, 4);
        Value mask = graph.input("m", 5);
        Value noise = keys.exp().add(values.exp());
        graph.output("noise", noise.multiply(noise).sum(false, 0, 1, 2, 3));
        Value none = graph.input("q", 3, 2, 0, 4);
        var back = graph.add(new AttentionGradient(0.5, true), List.of(none, keys, values, mask, none));
        for (int i = 1; i < 4; i++) {
            graph.output("d" + i, back.outputs().get(i));
        }
        float[] loud = new float[120];
        Arrays.fill(loud, 3);
        Tensor x = Tensor.of(loud, 3, 2, 5, 4);
        try (Program program = backend.compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            for (int run = 0; run < 2; run++) {
                Map<String, Tensor> out = program.run(Map.of(
                        "k",
                        x,
                        "v",
                        x,
                        "m",
                        Tensor.of(new float[5], 5),
                        "q",
                        Tensor.zeros(DType.F32, Shape.of(3, 2, 0, 4))));
                assertArrayEquals(new float[120], out.get("d1").toFloats());
                assertArrayEquals(new float[120], out.get("d2").toFloats());
                assertArrayEquals(new float[5], out.get("d3").toFloats());
            }
        }
    }
}
