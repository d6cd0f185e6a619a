package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;

class RecomputationTest {
    private static Optional<String> part(String scope) {
        Graph graph = new Graph();
        graph.scope(scope);
        return Recomputation.ofNumberedParts().part(graph.input("x", 1).node());
    }

    @Test
    void partEndsWithTheLastNumber() {
        assertEquals(Optional.of("blocks.3"), part("blocks.3.attention"));
        assertEquals(Optional.of("blocks.12"), part("blocks.12"));
        assertEquals(Optional.of("stages.0.blocks.10"), part("stages.0.blocks.10.norm1"));
        assertEquals(Optional.of("7"), part("7.in"));
        assertEquals(Optional.empty(), part("norm1.conv3x3"));
        assertEquals(Optional.empty(), part(""));
    }

    /** Three parts of tanh and dropout, the product of tanhs at the end. */
    private static Graph chain(Recomputation recomputation) {
        Graph graph = new Graph();
        Value x = graph.input("x", 6);
        Value seed = graph.indexInput("seed", 1);
        Value y = x;
        for (int i = 0; i < 3; i++) {
            graph.scope("parts." + i);
            Value inside = graph.apply(new Dropout(0.3, i), y.tanh(), seed);
            y = inside.multiply(graph.parameter("w" + i, 6)).tanh();
        }
        graph.scope("end");
        Value loss = y.multiply(y).sum(false, 0);
        graph.output("dx", Gradients.of(graph, loss, List.of(x), recomputation).get(x));
        return graph;
    }

    /** Of each part but the last what its derivatives read: a tanh, its dropout and the product. */
    @Test
    void partsAreCopiedOnceFromWhatWasKept() {
        List<Node> copies = chain(Recomputation.ofNumberedParts()).nodes().stream()
                .filter(node -> node.original().isPresent())
                .toList();
        assertEquals(6, copies.size(), copies.toString());
        for (Node copy : copies) {
            Node original = copy.original().orElseThrow();
            assertEquals(original.op(), copy.op());
            assertEquals("again " + original.scope(), copy.scope());
            assertTrue(original.scope().equals("parts.0") || original.scope().equals("parts.1"), original.scope());
        }
        assertEquals("again parts.1", copies.get(0).scope(), "the later part's backward comes first");
        assertTrue(
                copies.get(0).input(0).node().original().isEmpty(), "a part starts from the one before as it was kept");
        assertTrue(copies.get(1).input(0).node().original().isPresent(), "and goes on from its own copies");
        assertTrue(chain(Recomputation.none()).nodes().stream()
                .allMatch(node -> node.original().isEmpty()));
    }

    @Test
    void derivativesAreTheSameNumbers() {
        assertArrayEquals(run(chain(Recomputation.none())), run(chain(Recomputation.ofNumberedParts())));
    }

    private static double[] run(Graph graph) {
        Tensor ones = Tensor.of(new double[] {1, -1, 2, 0.5, 3, 1}, 6);
        Map<String, Tensor> inputs = Map.of(
                "x", Tensor.of(new double[] {0.1, -0.4, 0.7, 1.1, -0.2, 0.3}, 6), "seed", Tensor.of(new int[] {3}, 1));
        try (Program program = new Nd4jBackend()
                .compile(graph, CaseGraph.source(Map.of("w0", ones, "w1", ones, "w2", ones)), Precision.F64)) {
            return program.run(inputs).get("dx").toDoubles();
        }
    }
}
