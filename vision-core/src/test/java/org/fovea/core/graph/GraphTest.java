package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GraphTest {
    @Test
    void dumpWritesANodePerLineWithScopesAndOutputs() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, 3);
        graph.scope("head");
        Value y = x.linear(graph.parameter("w", 4, 3));
        graph.scope("");
        graph.output("logits", y);
        assertEquals("""
                %0 = Input[name=x, type=[2, 3]] : [2, 3]
                # head
                %1 = Parameter[name=w, shape=[4, 3]] : [4, 3]
                %2 = Linear[] of %0, %1 : [2, 4]
                output logits = %2
                """, graph.dump());
    }

    @Test
    void dumpNumbersTheResultsOfANode() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, 3);
        graph.add(new BatchNorm(0.5), java.util.List.of(x, graph.fill(1, 3), graph.fill(0, 3)));
        String last = graph.dump().lines().reduce((a, b) -> b).orElseThrow();
        assertEquals("%3, %3.1, %3.2 = BatchNorm[epsilon=0.5] of %0, %1, %2 : [2, 3], [3], [3]", last);
    }

    @Test
    void dumpShowsStatesAndWhatTheyBecome() {
        Graph graph = new Graph();
        Value cache = graph.cache("keys", 4, 2);
        graph.update(cache, cache.scatterUpdate(0, graph.indexInput("at", 1), graph.input("x", 1, 2)));
        assertEquals("""
                %0 = State[name=keys, shape=[4, 2], kind=CACHE] : [4, 2]
                %1 = Input[name=at, type=index[1]] : index[1]
                %2 = Input[name=x, type=[1, 2]] : [1, 2]
                %3 = ScatterUpdate[axis=0] of %0, %1, %2 : [4, 2]
                state keys = %3
                """, graph.dump());
    }

    @Test
    void updateTakesAStateOnceAndAValueOfItsShape() {
        Graph graph = new Graph();
        Value state = graph.state("h", 2);
        Value x = graph.input("x", 2);
        assertMessage("every name must be new and not empty, got \"h\"", () -> graph.state("h", 2));
        assertMessage("must have one shape, got [2] and [3]", () -> graph.update(state, graph.fill(0, 3)));
        assertMessage("must have one shape, got [2] and index[2]", () -> graph.update(state, graph.indexInput("i", 2)));
        assertMessage("update takes a parameter or state", () -> graph.update(x, state));
        graph.update(state, x);
        assertMessage("takes one update, got two for %0 = State[name=h", () -> graph.update(state, x));
    }

    @Test
    void sharedParameterGivesTheSameValueForTheSameNameAndShape() {
        Graph graph = new Graph();
        Value w = graph.parameter("w", 2);
        assertSame(w, graph.sharedParameter("w", 2));
        assertNotSame(w, graph.sharedParameter("v", 2));
        assertMessage("\"w\" must have its shape [2], got [3]", () -> graph.sharedParameter("w", 3));
    }

    @Test
    void parameterTiesNoWeightsThatDoNotAskForIt() {
        Graph graph = new Graph();
        graph.parameter("w", 2);
        assertMessage("a parameter must have a new name, got \"w\" again", () -> graph.parameter("w", 2));
        assertMessage("a parameter must have a new name, got \"w\" again", () -> graph.parameter("w", 3));
    }

    @Test
    void namesMustBeNew() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        graph.output("y", x);
        assertMessage("every name must be new and not empty, got \"x\"", () -> graph.input("x", 2));
        assertMessage("every name must be new and not empty, got \"\"", () -> graph.indexInput("", 2));
        assertMessage("every output name must be new, got \"y\" twice", () -> graph.output("y", x));
    }

    @Test
    void operandsAndOutputsMustBelongToTheGraph() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value foreign = new Graph().input("x", 2);
        assertMessage("operands must belong to the graph they are used in", () -> x.add(foreign));
        assertMessage("must belong to this graph", () -> graph.output("y", foreign));
    }

    @Test
    void aBrokenRuleAddsNothing() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        assertMessage("sizes of aligned axes", () -> x.add(graph.fill(0, 3)));
        assertEquals(2, graph.nodes().size());
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
