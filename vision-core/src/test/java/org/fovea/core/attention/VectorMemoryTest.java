package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class VectorMemoryTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("1 hop", g -> output(g, build(g, new VectorMemory(5, 1)))),
                new BlockCase("3 hops", g -> output(g, build(g, new VectorMemory(5, 3)))));
    }

    private static AttentionOutput build(CaseGraph g, VectorMemory block) {
        return block.build(g.scope(), g.normal(2, 4, 3), g.normal(2, 5));
    }

    private static void output(CaseGraph g, AttentionOutput out) {
        g.output(out.values());
        out.kinds().forEach(kind -> g.output(out.weights(kind)));
    }

    @Test
    void twoHopsByHand() {
        // places 1 and 3, u = 1; hop 0 scores 1·(2·place): share at place 1, reads 10·place; hop 1 scores u·(10·place),
        // reads -place
        double first = 1 / (1 + Math.exp(4));
        double u = 1 + 10 * first + 30 * (1 - first);
        double second = 1 / (1 + Math.exp(20 * u));
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "memories.0.weight", new double[] {2},
                        "memories.1.weight", new double[] {10},
                        "memories.2.weight", new double[] {-1}),
                g -> output(
                        g,
                        new VectorMemory(1, 2)
                                .build(
                                        g.scope(),
                                        g.given(new double[] {1, 3}, 1, 2, 1),
                                        g.given(new double[] {1}, 1, 1))));
        Tensors.assertClose(new double[] {u - second - 3 * (1 - second)}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {first, 1 - first}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {second, 1 - second}, out.get(2), 1e-12);
    }

    @Test
    void orderOfMemoriesDoesNotMatter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value places = g.normal(1, 3, 4);
            Value question = g.normal(1, 5);
            VectorMemory block = new VectorMemory(5, 2);
            g.output(block.build(g.scope(), places, question).values());
            Value turned = places.slice(1, 2, 3).concat(1, places.slice(1, 0, 2));
            g.output(block.build(g.scope(), turned, question).values());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        BlockCheck.assertError(
                "the question [B, 5] of the same batch, got [2, 4, 3] and [2, 6]",
                g -> new VectorMemory(5, 1).build(g.scope(), g.normal(2, 4, 3), g.normal(2, 6)));
        BlockCheck.assertError("hops must be at least 1, got 0", g -> new VectorMemory(5, 0));
    }
}
