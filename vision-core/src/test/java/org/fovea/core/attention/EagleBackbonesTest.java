package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class EagleBackbonesTest extends BlockContract {
    private static final Block HALF = (scope, x) ->
            new ConvLayer(3, 3, ConvWindow.of(2, 1), true).build(scope, x).tanh();

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("four stages, maps kept", g -> {
            g.output(new EagleBackbones(List.of(HALF, HALF, HALF, HALF)).build(g.scope(), g.normal(2, 1, 16, 16)));
        }));
    }

    @Test
    void gatesReadOneBackboneAndGateTheOther() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(1, 1, 16, 16);
            g.output(new EagleBackbones(List.of(HALF, HALF, HALF))
                    .build(g.scope(), x)
                    .values());
            VisionEagleAttention gate = new VisionEagleAttention();
            Scope s = g.scope();
            Value stemA = HALF.build(s.child("a", 0), x);
            Value layer1A = HALF.build(s.child("a", 1), stemA);
            Value layer2A = HALF.build(s.child("a", 2), layer1A);
            Value image = gate.build(s.child("gate", 0), stemA, x).values();
            Value stemB = gate.build(s.child("gate", 1), layer1A, HALF.build(s.child("b", 0), image))
                    .values();
            Value layer1B = gate.build(s.child("gate", 2), layer2A, HALF.build(s.child("b", 1), stemB))
                    .values();
            g.output(HALF.build(s.child("b", 2), layer1B));
        });
        Tensors.assertClose(out.get(1), out.get(0), 0);
    }

    @Test
    void threeStagesAreNeeded() {
        BlockCheck.assertError(
                "a stem, layer 1 and layer 2 at least, got 2 stages", g -> new EagleBackbones(List.of(HALF, HALF)));
    }
}
