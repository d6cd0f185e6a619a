package org.fovea.core.nn;

import java.util.List;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class NormedConvTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "training",
                g -> g.output(NormedConv.of(4, 3, 2)
                        .build(Scope.training(g.graph(), DropRates.none()), g.normal(2, 3, 5, 6)))));
    }

    /** The folded convolution is the convolution and then the norm with running averages. */
    @Test
    void foldingChangesNothing() {
        Tensor folded = BlockCheck.outputs(g -> {
                    Value x = g.normal(2, 3, 4, 4);
                    g.set("norm.running_variance", Tensor.of(new double[] {0.5, 1, 2, 3}, 4));
                    g.output(NormedConv.of(4, 3, 1).build(g.scope(), x));
                })
                .get(0);
        Tensor apart = BlockCheck.outputs(g -> {
                    Value x = g.normal(2, 3, 4, 4);
                    g.set("norm.running_variance", Tensor.of(new double[] {0.5, 1, 2, 3}, 4));
                    Scope at = g.scope();
                    Value y = new ConvLayer(4, 3, ConvWindow.of(1, 1), false).build(at, x);
                    g.output(BatchNormLayer.standard().build(at.child("norm"), y));
                })
                .get(0);
        Tensors.assertClose(apart, folded, 1e-9);
    }
}
