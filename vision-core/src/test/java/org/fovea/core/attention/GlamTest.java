package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GlamTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "4 channels",
                        g -> g.output(new Glam(2, 3)
                                .build(g.scope(), g.normal(2, 4, 3, 4))
                                .values())),
                new BlockCase("3 channels, weights kept", g -> output(g, new Glam(1, 1), g.normal(1, 3, 2, 3))));
    }

    private static void output(CaseGraph g, Glam block, Value x) {
        g.output(block.build(g.scope(), x));
    }

    @Test
    void weightsOfZeroByHand() {
        // c = 0.5, p = 0: F_l = 1.5x; equal channel scores: G = mean over channels, S = 0: F_g = x·G; equal mixture
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 3, 2, 2);
            g.output(new Glam(1, 1).build(g.scope(), x).values());
            g.graph().parameters().forEach((name, value) -> g.set(name, Tensor.zeros(DType.F64, value.shape())));
            g.output(x.affine(2.5 / 3, 0).add(x.multiply(x.mean(true, 1)).affine(1 / 3.0, 0)));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void theMixtureChoosesTheImage() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 3, 2, 2);
            g.set("mix", Tensor.of(new double[] {0, 1000, 0}, 3));
            g.output(new Glam(2, 3).build(g.scope(), x).values());
            g.output(x);
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void evenKernelsAreRefused() {
        BlockCheck.assertError("kernel must be odd and at least 1, got 2", g -> new Glam(1, 2));
    }
}
