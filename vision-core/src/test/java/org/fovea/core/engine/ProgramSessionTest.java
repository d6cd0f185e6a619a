package org.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions keep, share and refuse states. */
class ProgramSessionTest {
    private static final WeightSource NO_WEIGHTS = CaseGraph.source(Map.of());

    static Stream<Backend> backends() {
        return Stream.of(OneDnnBackend.create(), new Nd4jBackend());
    }

    private static Program compile(Backend backend, Graph graph) {
        return backend.compile(graph, NO_WEIGHTS, Precision.F32);
    }

    /** Rows {@code row [1, 3]} written to the state {@code rows [capacity, 3]} at {@code at}; {@code y} is their sum. */
    private static Graph writer(int capacity) {
        Graph graph = new Graph();
        Value rows = graph.state("rows", capacity, 3);
        Value next = rows.scatterUpdate(0, graph.indexInput("at", 1), graph.input("row", 1, 3));
        graph.update(rows, next);
        graph.output("y", next.sum(false, 0));
        return graph;
    }

    private static Map<String, Tensor> row(int at, float value) {
        return Map.of("at", Tensor.of(new int[] {at}, 1), "row", Tensor.of(new float[] {value, value, value}, 1, 3));
    }

    private static float[] sum(ProgramSession session, int at, float value) {
        return session.run(row(at, value)).get("y").toFloats();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRecurrentCellSteppedIsTheUnrolledOne(Backend backend) {
        int steps = 7;
        Random random = new Random(2);
        Graph unrolled = new Graph();
        Value h = unrolled.fill(0, 2, 4);
        Value c = unrolled.fill(0, 2, 4);
        Value xs = unrolled.input("x", steps, 2, 3);
        for (int t = 0; t < steps; t++) {
            Value[] next = cell(xs.slice(0, t, t + 1).reshape(2, 3), h, c, t == 0);
            h = next[0];
            c = next[1];
        }
        unrolled.output("h", h);
        Graph stepped = new Graph();
        Value state = stepped.state("h", 2, 4);
        Value memory = stepped.state("c", 2, 4);
        Value[] next = cell(stepped.input("x", 2, 3), state, memory, true);
        stepped.update(state, next[0]);
        stepped.update(memory, next[1]);
        stepped.output("h", next[0]);
        WeightSource weights = CaseGraph.source(
                Map.of("w", TinyDecoder.normal(random, 1, 16, 3), "u", TinyDecoder.normal(random, 1, 16, 4)));
        Tensor x = TinyDecoder.normal(random, 1, steps, 2, 3);
        try (Program whole = backend.compile(unrolled, weights, Precision.F32);
                Program step = backend.compile(stepped, weights, Precision.F32);
                ProgramSession session = step.openSession()) {
            Tensor last = null;
            for (int t = 0; t < steps; t++) {
                double[] values = java.util.Arrays.copyOfRange(x.toDoubles(), 6 * t, 6 * t + 6);
                last = session.run(Map.of("x", Tensor.of(values, 2, 3))).get("h");
            }
            Tensors.assertClose(whole.run(Map.of("x", x)).get("h"), last, 1e-6);
            assertArrayEquals(last.toFloats(), session.get("h").toFloats());
        }
    }

    /** A long short-term memory without biases. */
    private static Value[] cell(Value x, Value h, Value c, boolean first) {
        Graph graph = x.graph();
        Value w = first ? graph.parameter("w", 16, 3) : graph.parameters().get("w");
        Value u = first ? graph.parameter("u", 16, 4) : graph.parameters().get("u");
        Value gates = x.linear(w).add(h.linear(u)); // [B, 16]
        Value input = gates.slice(1, 0, 4).sigmoid();
        Value forget = gates.slice(1, 4, 8).sigmoid();
        Value output = gates.slice(1, 8, 12).sigmoid();
        Value cell =
                forget.multiply(c).add(input.multiply(gates.slice(1, 12, 16).tanh()));
        return new Value[] {output.multiply(cell.tanh()), cell};
    }

    @ParameterizedTest
    @MethodSource("backends")
    void sessionsKeepTheirOwnStates(Backend backend) {
        try (Program program = compile(backend, writer(4));
                ProgramSession one = program.openSession();
                ProgramSession two = program.openSession()) {
            assertArrayEquals(new float[] {1, 1, 1}, sum(one, 0, 1));
            assertArrayEquals(new float[] {5, 5, 5}, sum(two, 3, 5));
            assertArrayEquals(new float[] {3, 3, 3}, sum(one, 1, 2));
            assertArrayEquals(new float[] {9, 9, 9}, sum(two, 2, 4));
            one.reset();
            assertArrayEquals(new float[] {7, 7, 7}, sum(one, 1, 7));
            assertArrayEquals(
                    new float[] {0, 0, 0, 0, 0, 0, 4, 4, 4, 5, 5, 5},
                    two.get("rows").toFloats());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void setAndSelectRowsChangeTheNextRun(Backend backend) {
        try (Program program = compile(backend, writer(3));
                ProgramSession session = program.openSession()) {
            session.set("rows", Tensor.of(new double[] {1, 1, 1, 2, 2, 2, 3, 3, 3}, 3, 3));
            session.selectRows("rows", 2, 1, 1);
            assertArrayEquals(
                    new float[] {3, 3, 3, 2, 2, 2, 2, 2, 2}, session.get("rows").toFloats());
            assertArrayEquals(new float[] {14, 14, 14}, sum(session, 0, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void selectRowsTakesEveryRowFromWhatItWas(Backend backend) {
        int[][] selections = {{0, 0, 1, 2}, {1, 2, 3, 3}, {1, 0, 3, 2}, {1, 2, 0, 0}, {3, 3, 1, 1}, {2, 2, 2, 2}};
        try (Program program = compile(backend, writer(4));
                ProgramSession session = program.openSession()) {
            for (int[] rows : selections) {
                session.set("rows", Tensor.of(new double[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, 4, 3));
                session.selectRows("rows", rows);
                float[] expected = new float[12];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = rows[i / 3];
                }
                assertArrayEquals(expected, session.get("rows").toFloats());
            }
        }
    }

    /** A state that an encoder writes once and a decoder reads at every step. */
    @ParameterizedTest
    @MethodSource("backends")
    void programsShareTheStatesOfTheirSessions(Backend backend) {
        Graph encoder = new Graph();
        Value memory = encoder.cache("memory", 1, 2, 5, 4);
        encoder.update(memory, encoder.input("image", 1, 2, 5, 4).affine(2, 0));
        Graph decoder = new Graph();
        Value read = decoder.cache("memory", 1, 2, 5, 4);
        Value q = decoder.input("q", 1, 2, 1, 4);
        decoder.output("y", decoder.apply(new Attention(0.5, false), q, read, read));
        Random random = new Random(9);
        Tensor image = TinyDecoder.normal(random, 1, 1, 2, 5, 4);
        Tensor query = TinyDecoder.normal(random, 1, 1, 2, 1, 4);
        try (Program encode = compile(backend, encoder);
                Program decode = compile(backend, decoder);
                ProgramSession images = encode.openSession();
                ProgramSession texts = decode.openSession(images)) {
            Tensor before = texts.run(Map.of("q", query)).get("y");
            assertArrayEquals(new float[8], before.toFloats());
            assertEquals(Map.of(), images.run(Map.of("image", image)));
            Tensor shared = texts.run(Map.of("q", query)).get("y");
            texts.set("memory", Tensor.of(image.toFloats(), 1, 2, 5, 4));
            assertArrayEquals(image.toFloats(), images.get("memory").toFloats());
            double[] doubled =
                    java.util.Arrays.stream(image.toDoubles()).map(v -> 2 * v).toArray();
            texts.set("memory", Tensor.of(doubled, 1, 2, 5, 4));
            Tensors.assertClose(texts.run(Map.of("q", query)).get("y"), shared, 1e-6);
            assertTrue(Math.abs(shared.toFloats()[0]) > 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSessionOfALargerProgramStartsWithACopy(Backend backend) {
        try (Program small = compile(backend, writer(2));
                Program large = compile(backend, writer(4));
                ProgramSession before = small.openSession()) {
            sum(before, 1, 3);
            try (ProgramSession after = large.openSession(before)) {
                assertArrayEquals(
                        new float[] {0, 0, 0, 3, 3, 3, 0, 0, 0, 0, 0, 0},
                        after.get("rows").toFloats());
                assertArrayEquals(new float[] {4, 4, 4}, sum(after, 3, 1));
                assertArrayEquals(
                        new float[] {0, 0, 0, 3, 3, 3}, before.get("rows").toFloats());
                assertMessage(
                        "state \"rows\" must be no smaller than the [4, 3] it goes on from, got [2, 3]",
                        () -> small.openSession(after));
            }
        }
    }

    @Test
    void sessionsGoOnAcrossBackends() {
        try (Program first = compile(new Nd4jBackend(), writer(2));
                Program second = compile(OneDnnBackend.create(), writer(2));
                ProgramSession before = first.openSession();
                ProgramSession after = second.openSession(before)) {
            sum(before, 0, 1);
            assertArrayEquals(new float[6], after.get("rows").toFloats());
            sum(after, 0, 2);
            try (ProgramSession back = first.openSession(after)) {
                assertArrayEquals(new float[] {5, 5, 5}, sum(back, 1, 3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aBadRunLeavesTheStatesAsTheyWere(Backend backend) {
        try (Program program = compile(backend, writer(4));
                ProgramSession session = program.openSession()) {
            sum(session, 0, 1);
            assertMessage(
                    "run: input \"at\" must hold indices in [0, 4) for %3 = ScatterUpdate[axis=0], got 4",
                    () -> session.run(row(4, 9)));
            assertMessage("got -1", () -> session.run(row(-1, 9)));
            assertMessage(
                    "run: input \"row\" must be F32 or F64 [1, 3], got",
                    () -> session.run(
                            Map.of("at", Tensor.of(new int[] {1}, 1), "row", Tensor.zeros(DType.F32, Shape.of(1, 4)))));
            assertMessage(
                    "input \"row\" [1, 3] must be given", () -> session.run(Map.of("at", Tensor.of(new int[] {1}, 1))));
            assertArrayEquals(new float[] {3, 3, 3}, sum(session, 1, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void badArgumentsSaySo(Backend backend) {
        try (Program program = compile(backend, writer(2));
                ProgramSession session = program.openSession()) {
            assertMessage("the state must be one of [rows], got \"keys\"", () -> session.get("keys"));
            assertMessage(
                    "state \"rows\" must be F32 or F64 [2, 3], got",
                    () -> session.set("rows", Tensor.zeros(DType.F32, Shape.of(3, 2))));
            assertMessage("must be F32 or F64", () -> session.set("rows", Tensor.zeros(DType.I32, Shape.of(2, 3))));
            assertMessage("takes 2 rows, got 1", () -> session.selectRows("rows", 0));
            assertMessage("must lie in [0, 2), got 2", () -> session.selectRows("rows", 0, 2));
            Executable trains = () -> backend.compileTraining(writer(2), NO_WEIGHTS, Precision.F32);
            assertMessage("a graph that trains must have no states, got [rows]", trains);
            assertOrder("the program has the states [rows]; run a session", () -> program.run(row(0, 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void closedSessionsAndProgramsSaySo(Backend backend) {
        Program program = compile(backend, writer(2));
        ProgramSession session = program.openSession();
        ProgramSession closed = program.openSession();
        closed.close();
        closed.close();
        assertOrder("session: it is closed", () -> closed.run(row(0, 1)));
        assertOrder("session: it is closed", () -> closed.get("rows"));
        assertOrder("session: it is closed", () -> closed.reset());
        assertOrder("session: it is closed", () -> program.openSession(closed));
        program.close();
        assertOrder("the program is closed", () -> session.run(row(0, 1)));
        assertOrder("the program is closed", program::openSession);
        assertArrayEquals(new float[6], session.get("rows").toFloats());
        session.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aProgramWithoutStatesHasSessionsToo(Backend backend) {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", 2).affine(2, 0));
        try (Program program = compile(backend, graph);
                ProgramSession session = program.openSession()) {
            assertArrayEquals(
                    new float[] {2, 4},
                    session.run(Map.of("x", Tensor.of(new float[] {1, 2}, 2)))
                            .get("y")
                            .toFloats());
        }
    }

    /** Too little garbage to be collected: what is not freed by closing stays. */
    @ParameterizedTest
    @MethodSource("backends")
    void closingFreesTheStates(Backend backend) {
        try (Program program = compile(backend, writer(1 << 18))) {
            program.openSession().close();
            long before = Pointer.totalBytes();
            for (int i = 0; i < 50; i++) {
                ProgramSession session = program.openSession();
                ProgramSession next = program.openSession(session);
                session.close();
                next.close();
            }
            long growth = Pointer.totalBytes() - before;
            assertTrue(growth < 10L << 20, "native memory in use grew by " + growth + " bytes");
        }
    }

    /** 48 MB of cache, and a run that works in less than 1 MB beside it: neither the write nor the read copies. */
    @Test
    void appendingAndAttendingCopyNoCache() {
        Graph graph = new Graph();
        int capacity = 16384;
        Value at = graph.indexInput("at", 1);
        Value row = graph.input("row", 1, 1, 6, 64).permute(0, 2, 1, 3); // [B, heads, T, D]
        Value cache = graph.cache("cache", 1, 6, capacity, 64);
        Value next = cache.scatterUpdate(2, at, row);
        graph.update(cache, next);
        graph.output("y", graph.apply(new Attention(0.125, false), row, next, next));
        try (Program program = OneDnnBackend.create().compile(graph, NO_WEIGHTS, Precision.F32)) {
            long arena = program.runBytes().orElseThrow();
            assertTrue(arena < 1 << 20, "a run takes " + arena + " bytes beside the cache");
        }
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static void assertOrder(String part, Executable call) {
        String message = assertThrows(IllegalStateException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
