package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class LuongAttentionTest extends BlockContract {
    private static final List<Score> SCORES = List.of(new Score.Dot(), new Score.General(), new Score.Concat(6));
    private static final List<Alignment> ALIGNMENTS =
            List.of(new Alignment.Global(), new Alignment.Monotonic(1), new Alignment.Predictive(2, 3));

    @Override
    protected List<BlockCase> cases() {
        return SCORES.stream()
                .flatMap(score -> ALIGNMENTS.stream().map(alignment -> {
                    boolean keep = !(score instanceof Score.General);
                    return new BlockCase(score + " " + alignment, g -> {
                        LuongAttention block = new LuongAttention(score, alignment);
                        Value queries = g.normal(2, 3, 4);
                        AttentionOutput read = block.build(g.scope(), queries, g.normal(2, 5, 4));
                        if (keep) {
                            g.output(read);
                        } else {
                            g.output(read.values());
                        }
                        g.output(block.combine(g.scope(), read.values(), queries, 6));
                    });
                }))
                .toList();
    }

    @Test
    void dotByHand() {
        double first = 1 / (1 + Math.exp(-4)); // scores 2·3 and 2·1
        List<Tensor> out = BlockCheck.run(
                Map.of(),
                g -> g.output(new LuongAttention(new Score.Dot(), new Alignment.Global())
                        .build(g.scope(), g.given(new double[] {2}, 1, 1, 1), g.given(new double[] {3, 1}, 1, 2, 1))));
        Tensors.assertClose(new double[] {3 * first + 1 - first}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {first, 1 - first}, out.get(1), 1e-12);
    }

    @Test
    void predictedPlaceByHand() {
        // p = 3·σ(0) = 1.5; within 1 of it are places 1 and 2, both 0.5 away: weights ½·exp(-0.25/(2·0.25))
        double weight = 0.5 * Math.exp(-0.5);
        List<Tensor> out = BlockCheck.run(
                Map.of("position.weight", new double[] {1}, "position_score.weight", new double[] {0}),
                g -> g.output(new LuongAttention(new Score.Dot(), new Alignment.Predictive(1, 1))
                        .build(
                                g.scope(),
                                g.given(new double[] {0}, 1, 1, 1),
                                g.given(new double[] {5, 2, 4}, 1, 3, 1))));
        Tensors.assertClose(new double[] {0, weight, weight}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {6 * weight}, out.get(0), 1e-12);
    }

    @Test
    void windowOfAllPlacesIsGlobal() {
        for (Score score : SCORES) {
            List<Tensor> out = BlockCheck.outputs(g -> {
                Value queries = g.normal(2, 3, 4);
                Value memory = g.normal(2, 5, 4);
                for (Alignment alignment : List.of(new Alignment.Global(), new Alignment.Monotonic(4))) {
                    g.output(new LuongAttention(score, alignment)
                            .build(g.scope(), queries, memory)
                            .values());
                }
            });
            Tensors.assertClose(score.toString(), out.get(0), out.get(1), 1e-12);
        }
    }

    @Test
    void windowFollowsThePositionOfTheQuery() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value queries = g.normal(1, 4, 4);
            Value memory = g.normal(1, 6, 4);
            LuongAttention block = new LuongAttention(new Score.Dot(), new Alignment.Monotonic(1));
            g.output(block.build(g.scope(), queries, memory).weights().slice(1, 3, 4));
            g.output(block.build(g.scope(), queries.slice(1, 3, 4), memory, 3).weights());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
        double[] weights = out.get(1).toDoubles();
        Tensors.assertClose(new double[] {0, 0, 0}, Tensor.of(new double[] {weights[0], weights[1], weights[5]}, 3), 0);
    }

    @Test
    void widthsThatDifferAreNamed() {
        BlockCheck.assertError(
                "the dot score needs queries as wide as the memory, got [1, 3, 4] and [1, 5, 6]",
                g -> new LuongAttention(new Score.Dot(), new Alignment.Global())
                        .build(g.scope(), g.normal(1, 3, 4), g.normal(1, 5, 6)));
        BlockCheck.assertError("reach must be at least 1, got 0", g -> new Alignment.Monotonic(0));
    }
}
