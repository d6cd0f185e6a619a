package org.fovea.core.nn;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

/** Sinusoidal and learned positions, and the word embedding they are added to. */
class PositionsTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "learned, from the second on",
                        g -> g.output(new LearnedPositions(5).build(g.scope(), g.normal(2, 3, 4), 1))),
                new BlockCase("embedded words with sines and scores by the same table", g -> {
                    TokenEmbedding words = new TokenEmbedding(7, 4);
                    Value x = words.positioned(g.scope(), g.index(7, 2, 3));
                    g.output(x);
                    g.output(words.scores(g.scope(), x.tanh()));
                }));
    }

    @Test
    void sinesByHand() {
        // width 4: angles t and t/100
        Tensor table = new SinusoidalPositions(3, 4).table();
        double[] expected = {
            0,
            1,
            0,
            1, //
            Math.sin(1),
            Math.cos(1),
            Math.sin(0.01),
            Math.cos(0.01), //
            Math.sin(2),
            Math.cos(2),
            Math.sin(0.02),
            Math.cos(0.02)
        };
        Tensors.assertClose(expected, table, 1e-15);
    }

    @Test
    void embeddingByHand() {
        List<Tensor> out = BlockCheck.run(Map.of("table", new double[] {1, 2, 3, 4, 5, 6, 7, 8}), g -> {
            Value ids = g.graph().constant(Tensor.of(new int[] {1}, 1, 1));
            g.output(new TokenEmbedding(2, 4).positioned(g.scope(), ids));
        });
        Tensors.assertClose(new double[] {10, 13, 14, 17}, out.get(0), 1e-12); // 2·(5, 6, 7, 8) + (0, 1, 0, 1)
    }

    @Test
    void learnedPositionsAreAdded() {
        List<Tensor> out = BlockCheck.run(Map.of("positions", new double[] {1, 2, 3}), g -> {
            Value x = g.given(new double[] {10, 20}, 1, 2, 1);
            g.output(new LearnedPositions(3).build(g.scope(), x, 1));
        });
        Tensors.assertClose(new double[] {12, 23}, out.get(0), 0);
    }

    @Test
    void tokensBeyondThePositionsAreNamed() {
        BlockCheck.assertError("tokens must lie in the 3 positions, got positions 2 to 3", g -> new LearnedPositions(3)
                .build(g.scope(), g.normal(1, 2, 4), 2));
        BlockCheck.assertError(
                "SinusoidalPositions: width must be at least 1, got 0", g -> new SinusoidalPositions(3, 0));
    }
}
