package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Pool2d;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling, on the host: the first of equal elements wins and padding never counts. */
final class PoolKernels {
    private PoolKernels() {}

    static INDArray pool(Pool2d op, Call call) {
        double[] x = call.doubles(0);
        double[] y = new double[(int) call.result(0).size()];
        visit(op.window(), call.shape(0), call.result(0), (out, view) -> {
            if (op.kind() == PoolKind.MAX) {
                y[out] = x[largest(x, view)];
            } else {
                view.forEach(pixel -> y[out] += x[pixel] / view.size());
            }
        });
        return call.make(y, y.length);
    }

    static INDArray gradient(Pool2dGradient op, Call call) {
        double[] x = call.doubles(0);
        double[] dy = call.doubles(1);
        double[] dx = new double[x.length];
        visit(op.window(), call.shape(0), call.shape(1), (out, view) -> {
            if (op.kind() == PoolKind.MAX) {
                dx[largest(x, view)] += dy[out];
            } else {
                view.forEach(pixel -> dx[pixel] += dy[out] / view.size());
            }
        });
        return call.make(dx, dx.length);
    }

    /** Index of the first maximum in row-major order, or of the first NaN if there is one. */
    private static int largest(double[] x, View view) {
        int[] best = {-1};
        view.forEach(pixel -> {
            if (best[0] < 0 || x[pixel] > x[best[0]] || (Double.isNaN(x[pixel]) && !Double.isNaN(x[best[0]]))) {
                best[0] = pixel;
            }
        });
        return best[0];
    }

    /** The pixels of the image under one place of the window. */
    private record View(int plane, int stride, int top, int bottom, int left, int right) {
        int size() {
            return (bottom - top) * (right - left);
        }

        void forEach(java.util.function.IntConsumer pixels) {
            for (int h = top; h < bottom; h++) {
                for (int w = left; w < right; w++) {
                    pixels.accept(plane + h * stride + w);
                }
            }
        }
    }

    private interface Visitor {
        void visit(int out, View view);
    }

    private static void visit(PoolWindow window, Shape x, Shape y, Visitor visitor) {
        int out = 0;
        for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
            for (int i = 0; i < y.dim(2); i++) {
                int top = i * window.strideHeight() - window.padHeight();
                for (int j = 0; j < y.dim(3); j++) {
                    int left = j * window.strideWidth() - window.padWidth();
                    View view = new View(
                            plane * x.dim(2) * x.dim(3),
                            x.dim(3),
                            Math.max(0, top),
                            Math.min(x.dim(2), top + window.height()),
                            Math.max(0, left),
                            Math.min(x.dim(3), left + window.width()));
                    visitor.visit(out++, view);
                }
            }
        }
    }
}
