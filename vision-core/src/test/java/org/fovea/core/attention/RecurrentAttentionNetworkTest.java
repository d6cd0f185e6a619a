package org.fovea.core.attention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.attention.RecurrentAttentionNetwork.Memory;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.ElmanCell;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class RecurrentAttentionNetworkTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("3 frames of 4 places, all remembered", g -> output(g, agent(Memory.ATTENDED))),
                new BlockCase("the state alone", g -> output(g, agent(Memory.STATE))),
                new BlockCase("nothing remembered", g -> output(g, agent(Memory.NONE))));
    }

    private static RecurrentAttentionNetwork agent(Memory memory) {
        return new RecurrentAttentionNetwork(6, new GruCell(5), 3, memory);
    }

    private static void output(CaseGraph g, RecurrentAttentionNetwork agent) {
        RecurrentAttentionNetwork.Result result = agent.build(g.scope(), g.normal(2, 3, 4, 2));
        g.output(result.logits());
        g.output(result.predictions());
        RecurrentAttentionNetwork.Step last = result.steps().get(2);
        g.output(last.placeWeights());
        last.memoryWeights().ifPresent(g::output);
    }

    /** Of one place z is what is there, and c of one memory is that: h = 2·1 + 0.5, then 2·2 + 3·1 + 0.5 + 0.5·2.5. */
    @Test
    void valuesByHand() {
        Map<String, double[]> weights = new HashMap<>(Map.of(
                "core.input.weight", new double[] {2, 3},
                "core.input.bias", new double[] {0.5},
                "core.state.weight", new double[] {0.5},
                "core.state.bias", new double[] {0},
                "policy.weight", new double[] {1, -1},
                "policy.bias", new double[] {0, 1},
                "baseline.weight", new double[] {2},
                "baseline.bias", new double[] {1}));
        for (String attention : List.of("places", "memory")) {
            weights.put(attention + ".query.weight", new double[attention.equals("memory") ? 2 : 1]);
            weights.put(attention + ".keys.weight", new double[] {1});
            weights.put(attention + ".keys.bias", new double[] {0});
            weights.put(attention + ".score.weight", new double[] {1});
        }
        List<Tensor> out = BlockCheck.run(weights, g -> {
            RecurrentAttentionNetwork.Result result = new RecurrentAttentionNetwork(
                            1, new ElmanCell(1, ElmanCell.Function.RELU), 2, Memory.ATTENDED)
                    .build(g.scope(), g.given(new double[] {1, 2}, 1, 2, 1, 1));
            g.output(result.logits());
            g.output(result.predictions());
        });
        Tensors.assertClose(new double[] {2.5, -1.5, 8.75, -7.75}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {6, 18.5}, out.get(1), 1e-12);
    }

    /** RAM's core and policy on what soft attention sees, in the place of what a glimpse sees. */
    @Test
    void oneFrameIsRamWithSoftAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value frames = g.normal(2, 1, 4, 3);
            GruCell cell = new GruCell(5);
            g.output(agent(Memory.ATTENDED).build(g.scope(), frames).logits());
            Scope scope = g.scope();
            Value h = g.graph().fill(0, 2, 1, 5);
            Value z = new AdditiveAttention(6)
                    .build(scope.child("places"), h, frames.reshape(2, 4, 3))
                    .values()
                    .reshape(2, 3);
            Value map = scope.child("core")
                    .child("input")
                    .parameter("weight", 15, 6)
                    .slice(1, 0, 3);
            Value projected = z.linear(map, scope.child("core").child("input").parameter("bias", 15));
            CellState state = cell.advance(scope.child("core"), projected, cell.start(g.graph(), 2));
            g.output(new LinearLayer(3, true)
                    .build(scope.child("policy"), state.output())
                    .reshape(2, 1, 3));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void withoutMemoryEveryStepIsTheFirst() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value frames = g.normal(2, 3, 4, 3);
            Value logits = agent(Memory.NONE).build(g.scope(), frames).logits();
            g.output(logits.slice(1, 2, 3));
            g.output(agent(Memory.NONE).build(g.scope(), frames.slice(1, 2, 3)).logits());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void memoryWithEveryRowHiddenIsTheFirstStep() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value frame = g.normal(2, 4, 3);
            CellState state = CellState.of(g.normal(2, 5));
            RecurrentAttentionNetwork agent = agent(Memory.ATTENDED);
            Value hidden = Masks.where(g.graph(), 1, 2, (query, key) -> 0);
            g.output(agent.first(g.scope(), frame, state).logits());
            g.output(agent.step(g.scope(), frame, state, g.normal(2, 2, 3), hidden)
                    .logits());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void framesWithoutPlacesAreNamed() {
        BlockCheck.assertError("frames must be [B, T, P, C] with T at least 1, got [2, 3, 4]", g -> agent(Memory.STATE)
                .build(g.scope(), g.normal(2, 3, 4)));
    }
}
