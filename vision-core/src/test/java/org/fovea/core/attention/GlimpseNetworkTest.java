package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GlimpseNetworkTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "one scale, 2 channels",
                        g -> g.output(new GlimpseNetwork(new GlimpseSensor(3, 1, 2), 4, 5)
                                .build(
                                        g.scope(),
                                        g.normal(2, 2, 6, 7),
                                        g.given(new double[] {0.13, -0.42, 0.9, 0.31}, 2, 2)))),
                new BlockCase(
                        "two scales, partly outside",
                        g -> g.output(new GlimpseNetwork(new GlimpseSensor(2, 2, 3), 4, 5)
                                .build(
                                        g.scope(),
                                        g.normal(2, 1, 6, 7),
                                        g.given(new double[] {0.13, -0.42, 0.9, 0.77}, 2, 2)))));
    }

    /** The pixels of 3 x 3 are 0 to 8: 4 in the middle, seen as 0.5·4 = 2, and x = 0 as 1: 2 + 2·1 - 1. */
    @Test
    void valuesByHand() {
        double[] pixels = IntStream.range(0, 9).asDoubleStream().toArray();
        Tensor out = BlockCheck.run(
                        Map.of(
                                "patch.weight", new double[] {0.5},
                                "patch.bias", new double[] {0},
                                "point.weight", new double[] {3, 0},
                                "point.bias", new double[] {1},
                                "what.weight", new double[] {1},
                                "what.bias", new double[] {0},
                                "where.weight", new double[] {2},
                                "where.bias", new double[] {-1}),
                        g -> g.output(new GlimpseNetwork(new GlimpseSensor(1, 1, 2), 1, 1)
                                .build(g.scope(), g.given(pixels, 1, 1, 3, 3), g.given(new double[] {0, 0}, 1, 2))))
                .get(0);
        Tensors.assertClose(new double[] {3}, out, 1e-12);
    }

    /** A retina of the image's size that looks at its center sees all: a net of two layers over the pixels. */
    @Test
    void retinaOfTheImagesSizeSeesTheWholeImage() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value image = g.normal(2, 1, 4, 4);
            Value center = g.given(new double[4], 2, 2);
            g.output(new GlimpseNetwork(new GlimpseSensor(4, 1, 2), 3, 5).build(g.scope(), image, center));
            Scope scope = g.scope();
            Value pixels = linear(scope, "patch", 3, image.reshape(2, 16)).relu();
            Value place = linear(scope, "point", 3, center).relu();
            g.output(linear(scope, "what", 5, pixels)
                    .add(linear(scope, "where", 5, place))
                    .relu());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    private static Value linear(Scope scope, String name, int width, Value x) {
        return new LinearLayer(width, true).build(scope.child(name), x);
    }

    @Test
    void pointsOfAnotherBatchAreNamed() {
        BlockCheck.assertError("points must be [2, 2] for 2 images, got [1, 2]", g -> new GlimpseNetwork(
                        new GlimpseSensor(2, 1, 2), 3, 3)
                .build(g.scope(), g.normal(2, 1, 4, 4), g.normal(1, 2)));
    }
}
