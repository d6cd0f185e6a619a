package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.GridSampleGradient;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bilinear sampling at given places, on the host. */
final class GridKernels {
    private GridKernels() {}

    static INDArray sample(GridSample op, Call call) {
        Sampler sampler = new Sampler(call, op.padding(), op.alignCorners());
        double[] x = call.doubles(0);
        double[] y = new double[(int) call.result(0).size()];
        sampler.visit((out, pixel, weight, dWeightX, dWeightY, point) -> y[out] += weight * x[pixel]);
        return call.make(y, y.length);
    }

    static List<INDArray> gradient(GridSampleGradient op, Call call) {
        Sampler sampler = new Sampler(call, op.padding(), op.alignCorners());
        double[] x = call.doubles(0);
        double[] dy = call.doubles(2);
        double[] dx = new double[x.length];
        double[] dGrid = new double[(int) call.shape(1).size()];
        sampler.visit((out, pixel, weight, dWeightX, dWeightY, point) -> {
            dx[pixel] += weight * dy[out];
            dGrid[2 * point] += dWeightX * x[pixel] * dy[out];
            dGrid[2 * point + 1] += dWeightY * x[pixel] * dy[out];
        });
        return List.of(call.make(dx, dx.length), call.make(dGrid, dGrid.length));
    }

    private interface Visitor {
        /**
         * Receives the weight of one pixel in one result; {@code dWeightX} and {@code dWeightY} are its derivatives with
         * respect to the grid's x and y.
         */
        void visit(int out, int pixel, double weight, double dWeightX, double dWeightY, int point);
    }

    /** A grid coordinate in pixels and its slope; a clamped one stands still. */
    private record Coordinate(double at, double slope) {
        static Coordinate of(double g, int size, GridPadding padding, boolean alignCorners) {
            double slope = alignCorners ? (size - 1) / 2.0 : size / 2.0;
            double at = alignCorners ? (g + 1) * slope : (g + 1) * slope - 0.5;
            if (padding == GridPadding.BORDER && !(at > 0 && at < size - 1)) {
                return new Coordinate(at > 0 ? size - 1 : 0, 0);
            }
            return new Coordinate(at, slope);
        }
    }

    private static final class Sampler {
        private final Shape x;
        private final Shape grid;
        private final double[] points;
        private final GridPadding padding;
        private final boolean alignCorners;

        Sampler(Call call, GridPadding padding, boolean alignCorners) {
            this.x = call.shape(0);
            this.grid = call.shape(1);
            this.points = call.doubles(1);
            this.padding = padding;
            this.alignCorners = alignCorners;
        }

        void visit(Visitor visitor) {
            int perImage = grid.dim(1) * grid.dim(2);
            for (int point = 0; point < grid.dim(0) * perImage; point++) {
                Coordinate u = Coordinate.of(points[2 * point], x.dim(3), padding, alignCorners);
                Coordinate v = Coordinate.of(points[2 * point + 1], x.dim(2), padding, alignCorners);
                for (int corner = 0; corner < 4; corner++) {
                    visitCorner(point, corner >> 1, corner & 1, u, v, visitor);
                }
            }
        }

        private void visitCorner(int point, int down, int right, Coordinate u, Coordinate v, Visitor visitor) {
            double column = Math.floor(u.at()) + right;
            double row = Math.floor(v.at()) + down;
            if (!(column >= 0 && column < x.dim(3) && row >= 0 && row < x.dim(2))) {
                return;
            }
            double wx = 1 - Math.abs(u.at() - column);
            double wy = 1 - Math.abs(v.at() - row);
            double dx = (right == 1 ? 1 : -1) * u.slope() * wy;
            double dy = (down == 1 ? 1 : -1) * v.slope() * wx;
            int perImage = grid.dim(1) * grid.dim(2);
            int image = point / perImage;
            int pixel = (int) row * x.dim(3) + (int) column;
            for (int c = 0; c < x.dim(1); c++) {
                int plane = image * x.dim(1) + c;
                visitor.visit(
                        plane * perImage + point % perImage,
                        plane * x.dim(2) * x.dim(3) + pixel,
                        wx * wy,
                        dx,
                        dy,
                        point);
            }
        }
    }
}
