package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class CbamTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "4 channels",
                        g -> g.output(new Cbam(2, 3)
                                .build(g.scope(), g.distinct(2, 4, 3, 2))
                                .values())),
                new BlockCase("3 channels, shares kept", g -> output(g, new Cbam(1, 7), g.distinct(1, 3, 4, 5))));
    }

    private static void output(CaseGraph g, Cbam block, Value x) {
        g.output(block.build(g.scope(), x));
    }

    @Test
    void valuesByHand() {
        // mean 2, largest 3, MLP(x) = ReLU(x): c = σ(5); p = σ(0.25·x' + 0.75·x') with one channel
        double c = sigmoid(5);
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "channels.in.weight", new double[] {1},
                        "channels.in.bias", new double[] {0},
                        "channels.out.weight", new double[] {1},
                        "channels.out.bias", new double[] {0},
                        "places.weight", new double[] {0.25, 0.75},
                        "places.bias", new double[] {0}),
                g -> output(g, new Cbam(1, 1), g.given(new double[] {1, 3}, 1, 1, 1, 2)));
        Tensors.assertClose(new double[] {c * sigmoid(c), 3 * c * sigmoid(3 * c)}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {c}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {sigmoid(c), sigmoid(3 * c)}, out.get(2), 1e-12);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void meanComesBeforeLargest() {
        // channels all but open (bias 100 twice), two channels 2 and 4 at a place: mean 3, largest 4
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "channels.in.weight", new double[2],
                        "channels.in.bias", new double[1],
                        "channels.out.weight", new double[2],
                        "channels.out.bias", new double[] {100, 100},
                        "places.weight", new double[] {1, 0},
                        "places.bias", new double[] {-3}),
                g -> output(g, new Cbam(2, 1), g.given(new double[] {2, 4}, 1, 2, 1, 1)));
        Tensors.assertClose(new double[] {0.5}, out.get(2), 1e-12);
    }

    @Test
    void evenKernelsAreRefused() {
        BlockCheck.assertError("kernel must be odd and at least 1, got 2", g -> new Cbam(1, 2));
    }
}
