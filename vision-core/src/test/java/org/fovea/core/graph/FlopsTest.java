package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlopsTest {
    private final Graph graph = new Graph();

    @Test
    void linearMapsAndProductsCount() {
        graph.input("x", 2, 3, 5).linear(graph.parameter("w", 7, 5), graph.parameter("b", 7));
        assertEquals(2 * 2 * 3 * 7 * 5, Flops.of(graph));
        graph.input("a", 4, 5, 3).matmul(graph.input("c", 4, 5, 2), true, false);
        assertEquals(2 * 2 * 3 * 7 * 5 + 2 * 4 * 3 * 2 * 5, Flops.of(graph));
    }

    @Test
    void convolutionCountsItsWindowPerGroup() {
        graph.input("x", 1, 4, 6, 6)
                .conv2d(graph.parameter("w", 8, 2, 3, 3), ConvWindow.of(1, 0).grouped(2));
        assertEquals(2 * 8 * 4 * 4 * 2 * 3 * 3, Flops.of(graph));
    }

    @Test
    void attentionCountsBothProducts() {
        Value q = graph.input("q", 1, 2, 3, 4);
        Value k = graph.input("k", 1, 2, 5, 4);
        Value v = graph.input("v", 1, 2, 5, 6);
        graph.add(new Attention(1, false), List.of(q, k, v));
        assertEquals(2 * 2 * 3 * 5 * (4 + 6), Flops.of(graph));
    }

    /** Each product has two derivatives, each of its own size. */
    @Test
    void backwardTakesTwiceTheForward() {
        Value x = graph.parameter("x", 1, 4, 6, 6).conv2d(graph.parameter("w", 8, 4, 3, 3), ConvWindow.of(1, 0));
        Value q = x.reshape(1, 2, 4, 16);
        Value y = graph.apply(new Attention(1, false), q, graph.parameter("k", 1, 2, 4, 16), q);
        long forward = Flops.of(graph);
        Gradients.of(graph, y.sum(false, 0, 1, 2, 3), graph.parameters().values());
        assertEquals(3 * forward, Flops.of(graph));
    }

    @Test
    void whatIsComputedAgainCountsOnce() {
        Value x = graph.parameter("x", 2, 5);
        for (int i = 0; i < 2; i++) {
            graph.scope("blocks." + i);
            x = x.linear(graph.parameter("w" + i, 5, 5)).relu().linear(graph.parameter("v" + i, 5, 5));
        }
        graph.scope("");
        long forward = Flops.of(graph);
        Gradients.of(graph, x.sum(false, 0, 1), graph.parameters().values(), Recomputation.ofNumberedParts());
        assertTrue(graph.nodes().stream().anyMatch(node -> node.original().isPresent()), "something is computed again");
        assertEquals(3 * forward, Flops.of(graph));
    }

    @Test
    void elementWiseWorkDoesNotCount() {
        graph.input("x", 9).relu().reshape(3, 3).softmax(1);
        assertEquals(0, Flops.of(graph));
    }
}
