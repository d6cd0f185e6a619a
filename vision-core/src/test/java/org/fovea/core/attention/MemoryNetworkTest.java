package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.attention.MemoryNetwork.Encoding;
import org.fovea.core.attention.MemoryNetwork.Tables;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class MemoryNetworkTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "adjacent, bag", g -> output(g, new MemoryNetwork(7, 4, 2, Tables.ADJACENT, Encoding.BAG))),
                new BlockCase(
                        "layer-wise, positions, weights kept",
                        g -> output(g, new MemoryNetwork(7, 4, 3, Tables.LAYER_WISE, Encoding.POSITION))));
    }

    private static void output(CaseGraph g, MemoryNetwork block) {
        MemoryNetwork.Result out = block.build(g.scope(), g.index(7, 2, 3, 4), g.index(7, 2, 3));
        g.output(out.answer());
        g.output(out.query());
        out.weights().forEach(g::output);
    }

    @Test
    void oneHopByHand() {
        // words 1 and 2 are 1 and 2 in the first table, 10 and 20 in the second; sentences (1, 0) and (2, 0); question
        // 1
        double second = 1 / (1 + Math.exp(-1)); // scores 1·1 and 1·2
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "words.0", new double[] {1, 2},
                        "words.1", new double[] {10, 20},
                        "times.0", new double[] {0, 0},
                        "times.1", new double[] {0, 5}),
                g -> {
                    Value story = g.graph().constant(Tensor.of(new int[] {1, 0, 2, 0}, 1, 2, 2));
                    Value question = g.graph().constant(Tensor.of(new int[] {1}, 1, 1));
                    MemoryNetwork.Result result =
                            new MemoryNetwork(3, 1, 1, Tables.ADJACENT, Encoding.BAG).build(g.scope(), story, question);
                    g.output(result.query());
                    g.output(result.answer());
                    g.output(result.weights().get(0));
                });
        double u = 1 + 10 * (1 - second) + 25 * second;
        Tensors.assertClose(new double[] {u}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0, 10 * u, 20 * u}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {1 - second, second}, out.get(2), 1e-12);
    }

    @Test
    void positionsByHand() {
        // J = 2, d = 2: l_1 = (1/2, 1/2), l_2 = (1/2, 1): u of words (1, 1) = (1·1, 1·1.5)
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value ones = g.graph().constant(Tensor.of(new int[] {1, 1}, 1, 2));
            Value none = g.graph().constant(Tensor.of(new int[] {0, 0}, 1, 1, 2));
            for (int i = 0; i < 2; i++) {
                g.set("words." + i, Tensor.of(new double[] {1, 1}, 1, 2));
                g.set("times." + i, Tensor.of(new double[2], 1, 2));
            }
            g.output(new MemoryNetwork(2, 2, 1, Tables.ADJACENT, Encoding.POSITION)
                    .build(g.scope(), none, ones)
                    .query());
        });
        Tensors.assertClose(new double[] {1, 1.5}, out.get(0), 1e-12);
    }

    @Test
    void oneMemoryIsReadWhole() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value story = g.index(7, 2, 1, 4);
            Value question = g.index(7, 2, 3);
            g.output(new MemoryNetwork(7, 4, 1, Tables.ADJACENT, Encoding.BAG)
                    .build(g.scope(), story, question)
                    .query());
            Value in = g.scope().parameter("words.0", 6, 4).pad(0, 1, 0);
            Value c = g.scope()
                    .parameter("words.1", 6, 4)
                    .pad(0, 1, 0)
                    .gather(0, story.reshape(2, 4))
                    .sum(false, 1);
            g.output(in.gather(0, question).sum(false, 1).add(c).add(g.scope().parameter("times.1", 1, 4)));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        BlockCheck.assertError(
                "the story must be [B, M, J]", g -> new MemoryNetwork(7, 4, 2, Tables.ADJACENT, Encoding.BAG)
                        .build(g.scope(), g.index(7, 2, 3), g.index(7, 2, 3)));
        BlockCheck.assertError(
                "words beside the null word must be at least 1, got 0",
                g -> new MemoryNetwork(1, 4, 2, Tables.ADJACENT, Encoding.BAG));
    }
}
