package org.fovea.core.nn;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.fovea.core.Check;
import org.fovea.core.tensor.Tensor;

/**
 * Thin-plate-spline places: θ says where each of some control points c_i, an even lattice over [-1, 1]², is sampled, and between
 * them f(p) = a₀ + a₁x + a₂y + Σ w_i U(|p - c_i|), U(r) = r² log r², the smoothest surface through them (Σ w_i = Σ w_i c_i = 0).
 *
 * @param rows of control points, at least 2
 * @param columns of control points, at least 2
 * @param height of the result, in pixels
 * @param width of the result, in pixels
 * @param alignCorners whether ±1 are the centers of the corner pixels or their outer edges
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, section 3.2</a>
 * @see <a href="https://doi.org/10.1109/34.24792">Bookstein 1989</a>
 */
public record ThinPlateSplineGrid(int rows, int columns, int height, int width, boolean alignCorners)
        implements SamplingGrid {
    /** Number of terms of f without bending: 1, x, y. */
    private static final int FLAT = 3;

    /** Checks the sizes. */
    public ThinPlateSplineGrid {
        if (rows < 2 || columns < 2) {
            throw new IllegalArgumentException(
                    "ThinPlateSplineGrid: there must be at least 2x2 control points, got " + rows + "x" + columns);
        }
        Check.positive("ThinPlateSplineGrid: height", height);
        Check.positive("ThinPlateSplineGrid: width", width);
    }

    @Override
    public Tensor matrix() {
        double[][] controls = controls();
        double[][] places = new double[height * width][];
        for (int place = 0; place < places.length; place++) {
            places[place] = PixelCenters.of(place, this);
        }
        int count = controls.length;
        RealMatrix solved = new LUDecomposition(system(controls)).getSolver().getInverse();
        RealMatrix all = terms(places, controls)
                .multiply(solved.getSubMatrix(0, count + FLAT - 1, 0, count - 1)); // [h·w, controls]
        double[] out = new double[places.length * count];
        for (int place = 0; place < places.length; place++) {
            System.arraycopy(all.getRow(place), 0, out, place * count, count);
        }
        return Tensor.of(out, places.length, count);
    }

    @Override
    public Tensor identity() {
        double[][] controls = controls();
        double[] out = new double[2 * controls.length];
        for (int i = 0; i < controls.length; i++) {
            out[i] = controls[i][0];
            out[controls.length + i] = controls[i][1];
        }
        return Tensor.of(out, out.length);
    }

    /** Coordinates (x, y) of each control point, row by row. */
    private double[][] controls() {
        double[][] out = new double[rows * columns][];
        for (int i = 0; i < out.length; i++) {
            out[i] = new double[] {PixelCenters.of(i % columns, columns, true), PixelCenters.of(i / columns, rows, true)
            };
        }
        return out;
    }

    /** Equations of the coefficients: f(c_i) = θ_i, and no bending at infinity. */
    private static RealMatrix system(double[][] controls) {
        int count = controls.length;
        RealMatrix bends = terms(controls, controls); // [controls, controls + 3]
        RealMatrix out = new Array2DRowRealMatrix(count + FLAT, count + FLAT);
        out.setSubMatrix(bends.getData(), 0, 0);
        out.setSubMatrix(
                bends.getSubMatrix(0, count - 1, count, count + FLAT - 1)
                        .transpose()
                        .getData(),
                count,
                0);
        return out;
    }

    /** Terms of f at each position: U of the distance to each control point, then 1, x, y. */
    private static RealMatrix terms(double[][] places, double[][] controls) {
        int count = controls.length;
        double[][] out = new double[places.length][count + FLAT];
        for (int place = 0; place < places.length; place++) {
            double x = places[place][0];
            double y = places[place][1];
            for (int i = 0; i < count; i++) {
                double squared = Math.pow(x - controls[i][0], 2) + Math.pow(y - controls[i][1], 2);
                out[place][i] = squared == 0 ? 0 : squared * Math.log(squared);
            }
            out[place][count] = 1;
            out[place][count + 1] = x;
            out[place][count + 2] = y;
        }
        return new Array2DRowRealMatrix(out, false);
    }
}
