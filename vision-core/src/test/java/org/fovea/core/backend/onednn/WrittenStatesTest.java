package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

/** States that a linear map's result becomes. */
class WrittenStatesTest {
    private static final int ROWS = 500;
    private static final Parameters WEIGHTS =
            Parameters.of(Map.of("w", Tensor.of(new float[] {1, 0, 0, 1, 2, 3}, 3, 2)));
    private final OneDnnBackend backend = OneDnnBackend.create();

    private static Tensor input(float first) {
        float[] x = new float[2 * ROWS];
        x[0] = first;
        x[1] = 10;
        return Tensor.of(x, ROWS, 2);
    }

    private static Value map(Graph graph) {
        return graph.input("x", ROWS, 2).linear(graph.parameter("w", 3, 2));
    }

    private static void assertBegins(Tensor actual, float... expected) {
        assertArrayEquals(expected, Arrays.copyOf(actual.toFloats(), expected.length));
    }

    @Test
    void aStateThatNothingReadsIsComputedWhereItIs() {
        Graph graph = new Graph();
        graph.update(graph.state("kept", ROWS, 3), map(graph));
        graph.output("sum", graph.nextStates().values().iterator().next().sum(false, 0, 1));
        try (Program program = backend.compile(graph, WEIGHTS, Precision.F32);
                ProgramSession session = program.openSession()) {
            for (float first : new float[] {1, 2}) {
                assertBegins(session.run(Map.of("x", input(first))).get("sum"), 3 * first + 40);
                assertBegins(session.get("kept"), first, 10, 2 * first + 30);
            }
            long bytes = program.runBytes().orElseThrow();
            assertTrue(bytes < 4 * 3 * ROWS, "the result is not kept twice: " + bytes);
        }
    }

    @Test
    void aCacheOfHalfTheBytesIsComputedWhereItIs() {
        assumeTrue(backend.supports(Precision.BF16));
        Graph graph = new Graph();
        graph.update(graph.cache("kept", ROWS, 3), map(graph));
        try (Program program = backend.compile(graph, WEIGHTS, Precision.BF16);
                ProgramSession session = program.openSession()) {
            session.run(Map.of("x", input(1)));
            assertBegins(session.get("kept"), 1, 10, 32);
            assertFalse(program.toString().contains("update"), "no step copies it there: " + program);
        }
    }

    @Test
    void aStateThatIsReadChangesAfterwards() {
        Graph graph = new Graph();
        Value kept = graph.state("kept", ROWS, 3);
        graph.update(kept, map(graph));
        graph.output("before", kept.sum(false, 0, 1));
        try (Program program = backend.compile(graph, WEIGHTS, Precision.F32);
                ProgramSession session = program.openSession()) {
            assertBegins(session.run(Map.of("x", input(1))).get("before"), 0);
            assertBegins(session.run(Map.of("x", input(2))).get("before"), 43);
        }
    }

    @Test
    void twoStatesMayBecomeOneValue() {
        Graph graph = new Graph();
        Value y = map(graph);
        graph.update(graph.state("one", ROWS, 3), y);
        graph.update(graph.state("two", ROWS, 3), y);
        graph.output("y", y);
        try (Program program = backend.compile(graph, WEIGHTS, Precision.F32);
                ProgramSession session = program.openSession()) {
            assertBegins(session.run(Map.of("x", input(1))).get("y"), 1, 10, 32);
            assertBegins(session.get("one"), 1, 10, 32);
            assertBegins(session.get("two"), 1, 10, 32);
        }
    }
}
