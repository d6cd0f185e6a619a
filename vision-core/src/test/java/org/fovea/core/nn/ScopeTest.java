package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final DropRates RATES = new DropRates(0.1, 0.2, 0.3);

    private final Graph graph = new Graph();
    private final Value x = graph.input("x", 4, 2, 3);

    @Test
    void onlyTrainingDrops() {
        for (Mode mode : Mode.values()) {
            Scope scope = Scope.of(graph, mode).layer("blocks", 1, 2);
            assertSame(x, scope.dropout(x));
            assertSame(x, scope.stochasticDepth(x));
            assertFalse(scope.dropsAttention());
        }
        assertEquals(Set.of("x"), graph.inputs().keySet());
    }

    @Test
    void trainingWithoutRatesNeedsNoSeed() {
        Scope scope = Scope.training(graph, DropRates.none());
        assertTrue(scope.isTraining());
        assertSame(x, scope.dropout(x));
        assertEquals(Set.of("x"), graph.inputs().keySet());
    }

    @Test
    void dropsShareOneSeedAndHaveAStreamEach() {
        Scope scope = Scope.training(graph, RATES);
        Scope deep = scope.child("a").layer("blocks", 2, 3);
        assertEquals(new Dropout(0.1, 0), scope.dropout(x).node().op());
        assertEquals(new Dropout(0.2, 1), deep.attentionDropout(x).node().op());
        assertEquals(new Dropout(0.1, 2), scope.child("b").dropout(x).node().op());
        assertEquals(Set.of("x", DropoutContext.SEED), graph.inputs().keySet());
    }

    @Test
    void stochasticDepthGrowsWithTheLayer() {
        Scope scope = Scope.training(graph, RATES);
        assertSame(x, scope.layer("blocks", 0, 3).stochasticDepth(x));
        Value branch = scope.layer("blocks", 1, 3).stochasticDepth(x);
        assertEquals(new Dropout(0.15, 0), branch.node().input(1).node().op());
        assertEquals("[4, 1, 1]", branch.node().input(1).shape().toString());
        assertEquals("blocks.1.norm", scope.layer("blocks", 1, 3).name("norm"));
    }
}
