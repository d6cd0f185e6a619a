package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.attention.GraphAttention.Join;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GraphAttentionTest extends BlockContract {
    private static final int[] SOURCES = {1, 2, 0, 3, 3};
    private static final int[] TARGETS = {0, 0, 2, 2, 1};

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 heads side by side, 4 nodes, 5 edges",
                        g -> g.output(build(g, new GraphAttention(2, 3, Join.CONCATENATE), g.normal(2, 4, 5))
                                .values())),
                new BlockCase(
                        "mean of 2 heads, weights kept",
                        g -> g.output(build(g, new GraphAttention(2, 3, Join.MEAN), g.normal(1, 4, 5)))));
    }

    private static AttentionOutput build(CaseGraph g, GraphAttention block, Value nodes) {
        return block.build(g.scope(), nodes, indices(g, SOURCES), indices(g, TARGETS));
    }

    private static Value indices(CaseGraph g, int... all) {
        return g.graph().constant(Tensor.of(all, all.length));
    }

    /** Maps 2 and 1. Node 0 scores itself 2 - 2 = 0 and node 1 with 2 - 1 = 1; node 1 has no neighbor. */
    @Test
    void valuesByHand() {
        double share = Math.E / (1 + Math.E);
        List<Tensor> out = run(new double[] {1, 0.5}, 1, -1, 1);
        Tensors.assertClose(new double[] {share + 2 * (1 - share) + 0.25, 1.25}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {share}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {1 - share, 1}, out.get(2), 1e-12);
    }

    /** Node 0 scores itself 0.2·(2 - 4) = -0.4 and node 1 with 0.2·(2 - 8) = -1.2. */
    @Test
    void scoresBelowZeroLeak() {
        double share = 1 / (1 + Math.exp(0.8));
        Tensors.assertClose(
                new double[] {share}, run(new double[] {1, 2}, 1, -2, 1).get(1), 1e-12);
    }

    /** Scores 0 and 120 in one neighborhood, and 1,000 in another. */
    @Test
    void scoresFarApartStayFinite() {
        List<Tensor> out = run(new double[] {0, 60, 500}, 0, 1, 1);
        Tensors.assertClose(new double[] {120.25, 120.25, 1000.25}, out.get(0), 1e-12);
    }

    /** One head of one unit, W = 2, b = 0.25, an edge from the node {@code source} to node 0. */
    private static List<Tensor> run(double[] nodes, double target, double sourceWeight, int source) {
        return BlockCheck.run(
                Map.of(
                        "map.weight", new double[] {2},
                        "target", new double[] {target},
                        "source", new double[] {sourceWeight},
                        "bias", new double[] {0.25}),
                g -> g.output(new GraphAttention(1, 1, Join.MEAN)
                        .build(g.scope(), g.given(nodes, 1, nodes.length, 1), indices(g, source), indices(g, 0))));
    }

    @Test
    void withoutEdgesEachNodeReadsItself() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value nodes = g.normal(1, 4, 5);
            GraphAttention block = new GraphAttention(2, 3, Join.CONCATENATE);
            g.output(block.build(g.scope(), nodes, indices(g), indices(g)).values());
            Value map = g.scope().parameter("map.weight", 6, 5);
            g.output(nodes.linear(map, g.scope().parameter("bias", 6)));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** Node 3 is hidden: the others read what they would without its edges, and it still reads itself. */
    @Test
    void hiddenNodesAreNotRead() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value nodes = g.normal(1, 4, 5);
            GraphAttention block = new GraphAttention(2, 3, Join.CONCATENATE);
            Value hidden = g.given(new double[] {0, 0, 0, Double.NEGATIVE_INFINITY}, 1, 4, 1);
            g.output(block.build(g.scope(), nodes, indices(g, SOURCES), indices(g, TARGETS), hidden)
                    .values());
            g.output(block.build(g.scope(), nodes, indices(g, 1, 2, 0), indices(g, 0, 0, 2))
                    .values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** Nodes in another order, with their edges, and the edges in another order: the same rows in that order. */
    @Test
    void orderOfNodesAndEdgesDoesNotMatter() {
        int[] moved = {2, 0, 3, 1}; // node i becomes node moved[i]
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value nodes = g.normal(1, 4, 5);
            Value order = indices(g, 1, 3, 0, 2); // the inverse
            GraphAttention block = new GraphAttention(2, 3, Join.CONCATENATE);
            g.output(build(g, block, nodes).values().gather(1, order));
            int last = SOURCES.length - 1;
            int[] sources = new int[last + 1];
            int[] targets = new int[last + 1];
            for (int e = 0; e <= last; e++) {
                sources[last - e] = moved[SOURCES[e]];
                targets[last - e] = moved[TARGETS[e]];
            }
            g.output(block.build(g.scope(), nodes.gather(1, order), indices(g, sources), indices(g, targets))
                    .values());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void edgesOfUnequalLengthsAreNamed() {
        BlockCheck.assertError(
                "sources and targets index[E] of one length, got [1, 4, 5]", g -> new GraphAttention(1, 1, Join.MEAN)
                        .build(g.scope(), g.normal(1, 4, 5), indices(g, 1, 2), indices(g, 1)));
    }
}
