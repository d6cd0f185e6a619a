package org.fovea.core.nn;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class SpatialTransformerTest extends BlockContract {
    private static final Block NET = new ConvLocalisation(3, 2, 1, 3);

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                of("affine, zeros", new AffineGrid(3, 4, false), GridPadding.ZEROS, NET),
                of("affine, border, corners", new AffineGrid(5, 2, true), GridPadding.BORDER, NET),
                of("spline, zeros, corners", new ThinPlateSplineGrid(2, 3, 4, 3, true), GridPadding.ZEROS, NET),
                of(
                        "spline, border, no convolution",
                        new ThinPlateSplineGrid(3, 3, 3, 3, false),
                        GridPadding.BORDER,
                        new ConvLocalisation(1, 1, 0, 4)));
    }

    private static BlockCase of(String name, SamplingGrid grid, GridPadding padding, Block net) {
        return new BlockCase(name, g -> {
            SpatialTransformer.Transformed out =
                    new SpatialTransformer(net, grid, padding).build(g.scope(), g.normal(2, 2, 6, 5));
            g.output(out.image());
            g.output(out.places());
            g.output(out.theta());
        });
    }

    @Test
    void aShiftByOnePixelByHand() {
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            Value x = g.given(new double[] {1, 2, 3}, 1, 1, 1, 3);
            for (GridPadding padding : List.of(GridPadding.ZEROS, GridPadding.BORDER)) {
                sample(g, padding, new AffineGrid(1, 3, true), x, 1, 0, 1, 0, 1, 0); // the pixels are 1 apart
                sample(g, padding, new AffineGrid(1, 3, false), x, 1, 0, -1 / 3.0, 0, 1, 0); // 2/3 apart: half a pixel
            }
        });
        Tensors.assertClose(new double[] {2, 3, 0}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0.5, 1.5, 2.5}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {2, 3, 3}, out.get(2), 1e-12);
        Tensors.assertClose(new double[] {1, 1.5, 2.5}, out.get(3), 1e-12);
    }

    private static void sample(CaseGraph g, GridPadding padding, AffineGrid grid, Value x, double... theta) {
        g.output(new SpatialTransformer(NET, grid, padding).sample(x, grid.build(g.given(theta, 1, 6))));
    }

    @Test
    void everyImageIsSampledAsItIsAtFirst() {
        List<SamplingGrid> grids = List.of(
                new AffineGrid(6, 5, true),
                new AffineGrid(6, 5, false),
                new ThinPlateSplineGrid(3, 4, 6, 5, true),
                new ThinPlateSplineGrid(3, 4, 6, 5, false));
        for (SamplingGrid grid : grids) {
            for (GridPadding padding : GridPadding.values()) {
                List<Tensor> out = BlockCheck.outputs(g -> {
                    Value x = g.normal(2, 2, 6, 5);
                    SpatialTransformer block = new SpatialTransformer(NET, grid, padding);
                    block.initial(g.scope(), 3).forEach(g::set);
                    g.output(block.build(g.scope(), x).image());
                    g.output(x);
                });
                Tensors.assertClose(grid + " " + padding, out.get(1), out.get(0), 1e-12);
            }
        }
    }

    @Test
    void aSplineThroughAnAffineMapIsThatMap() {
        double[] a = {0.7, -0.2, 0.1, 0.3, 1.1, -0.4};
        ThinPlateSplineGrid spline = new ThinPlateSplineGrid(3, 4, 5, 6, false);
        double[] controls = spline.identity().toDoubles();
        int count = controls.length / 2;
        double[] theta = new double[2 * count];
        for (int i = 0; i < count; i++) {
            theta[i] = a[0] * controls[i] + a[1] * controls[count + i] + a[2];
            theta[count + i] = a[3] * controls[i] + a[4] * controls[count + i] + a[5];
        }
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            g.output(spline.build(g.given(theta, 1, theta.length)));
            g.output(new AffineGrid(5, 6, false).build(g.given(a, 1, 6)));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-10);
    }

    @Test
    void aSplineMeetsItsControlPoints() {
        // with corners aligned, pixels 0, 2, 4 of 5 are the control points of 3
        ThinPlateSplineGrid spline = new ThinPlateSplineGrid(3, 3, 5, 5, true);
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value theta = g.normal(1, 18);
            g.output(spline.build(theta));
            g.output(theta);
        });
        double[] places = out.get(0).toDoubles();
        double[] theta = out.get(1).toDoubles();
        double[] met = new double[18];
        for (int i = 0; i < 9; i++) {
            int place = i / 3 * 2 * 5 + i % 3 * 2;
            met[i] = places[2 * place];
            met[9 + i] = places[2 * place + 1];
        }
        Tensors.assertClose(theta, Tensor.of(met, 18), 1e-10);
    }

    @Test
    void thetaOfAnotherSizeIsNamed() {
        BlockCheck.assertError(
                "AffineGrid: theta must be [B, 6], got [1, 4]", g -> new AffineGrid(2, 2, true).build(g.normal(1, 4)));
        BlockCheck.assertError("at least 2x2 control points, got 1x5", g -> new ThinPlateSplineGrid(1, 5, 2, 2, true));
        BlockCheck.assertError("the image must be [B, C, H, W], got [2, 3]", g -> new SpatialTransformer(
                        NET, new AffineGrid(2, 2, true), GridPadding.ZEROS)
                .build(g.scope(), g.normal(2, 3)));
    }
}
