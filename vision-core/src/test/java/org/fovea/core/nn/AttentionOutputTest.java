package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class AttentionOutputTest {
    private final Graph graph = new Graph();
    private final Value x = graph.input("x", 1, 2, 512, 8);

    @Test
    void weightsAreMadeWhenAskedAndOnce() {
        AttentionOutput out = AttentionOutput.of(x, () -> x.softmax(3)).mapWeights(w -> w.affine(2, 0));
        int before = graph.nodes().size();
        Value weights = out.withValues(x.negate()).weights();
        assertEquals(before + 3, graph.nodes().size());
        assertSame(weights, out.weights());
    }

    @Test
    void kindsOfSeveralResultsHaveTheirNames() {
        AttentionOutput one = AttentionOutput.of(x, () -> x);
        AttentionOutput two = AttentionOutput.of(x).with("channels", () -> x).with("places", () -> x);
        AttentionOutput out = AttentionOutput.of(x).with("self", one).with("cross", two);
        assertEquals(List.of("self", "cross.channels", "cross.places"), List.copyOf(out.kinds()));
        assertSame(x, out.weights("cross.places"));
    }

    @Test
    void missingKindsAreNamed() {
        AttentionOutput out = AttentionOutput.of(x).with("channels", () -> x).with("places", () -> x);
        String unknown = assertThrows(IllegalArgumentException.class, () -> out.weights("time"))
                .getMessage();
        assertTrue(unknown.contains("one of [channels, places], got \"time\""), unknown);
        String several = assertThrows(IllegalStateException.class, out::weights).getMessage();
        assertTrue(several.contains("need one kind, got [channels, places]; name one"), several);
        assertThrows(IllegalStateException.class, AttentionOutput.of(x)::weights);
        assertThrows(IllegalArgumentException.class, () -> out.with("places", () -> x));
    }

    /** The scores of both heads take 2 MB; with nobody to read the weights they are not kept, and attention is one operation. */
    @Test
    void weightsCostMemoryOnlyWhereTheyAreRead() {
        AttentionOutput out = ScaledDotProduct.ofHeadWidth(8).build(Scope.of(graph), x, x, x);
        graph.output("y", out.values());
        long without = arenaBytes();
        graph.output("weights", out.weights());
        long with = arenaBytes();
        assertEquals(
                1,
                graph.nodes().stream().filter(n -> n.op() instanceof Attention).count());
        assertTrue(with >= without + 4L * 2 * 512 * 512, without + " bytes without, " + with + " with");
    }

    private long arenaBytes() {
        try (Program program = OneDnnBackend.create().compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            String last = program.toString().lines().reduce((a, b) -> b).orElseThrow();
            return Long.parseLong(last.replaceAll("\\D", ""));
        }
    }
}
