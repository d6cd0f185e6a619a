package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GlimpseSensorTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "one scale",
                        g -> g.output(new GlimpseSensor(3, 1, 2)
                                .build(g.normal(2, 2, 6, 7), g.given(new double[] {0.13, -0.42, 0.9, 0.31}, 2, 2)))),
                new BlockCase(
                        "three scales, partly outside",
                        g -> g.output(new GlimpseSensor(2, 3, 2)
                                .build(g.normal(2, 1, 6, 7), g.given(new double[] {0.13, -0.42, 0.9, 0.77}, 2, 2)))));
    }

    @Test
    void glimpseOfTheCenterIsTheCropOfTheCenter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value image = g.normal(2, 3, 10, 8);
            g.output(new GlimpseSensor(4, 1, 2).build(image, g.given(new double[4], 2, 2)));
            g.output(image.slice(2, 3, 7).slice(3, 2, 6));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** The pixels of 4 x 4 are 0 to 15; the second patch, 4 x 4 brought to 2 x 2, holds the means of the quarters. */
    @Test
    void valuesByHand() {
        double[] pixels = IntStream.range(0, 16).asDoubleStream().toArray();
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            Value image = g.given(pixels, 1, 1, 4, 4);
            GlimpseSensor sensor = new GlimpseSensor(2, 2, 2);
            g.output(sensor.build(image, g.given(new double[] {0, 0}, 1, 2)));
            g.output(sensor.build(image, g.given(new double[] {0.25, -1}, 1, 2)));
        });
        Tensors.assertClose(new double[] {5, 6, 9, 10, 2.5, 4.5, 10.5, 12.5}, out.get(0), 1e-5);
        // (0.25, -1): half a pixel right of the middle of the upper edge; the upper rows of both patches are outside
        double[] edge = {0, 0, 1.5, 2.5, 0, 0, 3, (4 * 2 + 2 * 0.5 * (3 + 7) + 4 * 0) / 4.0};
        edge[7] = (2.5 + 6.5 + 1.5 + 3.5) / 4;
        Tensors.assertClose(edge, out.get(1), 1e-5);
    }

    @Test
    void pointsOfAnotherBatchAreNamed() {
        BlockCheck.assertError("points must be [2, 2] for 2 images, got [1, 2]", g -> new GlimpseSensor(2, 1, 2)
                .build(g.normal(2, 1, 4, 4), g.normal(1, 2)));
    }
}
