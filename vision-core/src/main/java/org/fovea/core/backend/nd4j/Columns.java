package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.ConvWindow;
import org.fovea.core.tensor.Shape;

/**
 * The pixels of one image under a convolution's kernel, as a matrix: row (c, u, v), column (i, j) is x[c, i·s + u·d - p, j·s +
 * v·d - p], zero outside the image.
 */
final class Columns {
    private final ConvWindow window;
    private final Shape x;
    private final Shape weight;
    private final int outHeight;
    private final int outWidth;

    /** Layout for images [B, C, H, W], weights [O, C/groups, h, w] and results [B, O, i, j]. */
    Columns(ConvWindow window, Shape x, Shape weight, Shape y) {
        this.window = window;
        this.x = x;
        this.weight = weight;
        this.outHeight = y.dim(2);
        this.outWidth = y.dim(3);
    }

    int places() {
        return outHeight * outWidth;
    }

    /** Number of rows of one group. */
    int depth() {
        return weight.dim(1) * weight.dim(2) * weight.dim(3);
    }

    /** Column matrix of the image that starts at {@code image} in {@code pixels}: [C·h·w, positions]. */
    double[] of(double[] pixels, int image) {
        double[] columns = new double[window.groups() * depth() * places()];
        visit(image, (pixel, column) -> columns[column] = pixels[pixel]);
        return columns;
    }

    /** Transpose of {@link #of}: adds the columns to the image's pixels. */
    void addTo(double[] pixels, int image, double[] columns) {
        visit(image, (pixel, column) -> pixels[pixel] += columns[column]);
    }

    private interface Visitor {
        void visit(int pixel, int column);
    }

    private void visit(int image, Visitor visitor) {
        int row = 0;
        for (int c = 0; c < x.dim(1); c++) {
            for (int u = 0; u < weight.dim(2); u++) {
                for (int v = 0; v < weight.dim(3); v++) {
                    int plane = image + c * x.dim(2) * x.dim(3);
                    visitRow(
                            plane,
                            u * window.dilationHeight() - window.padTop(),
                            v * window.dilationWidth() - window.padLeft(),
                            row++ * places(),
                            visitor);
                }
            }
        }
    }

    private void visitRow(int plane, int top, int left, int row, Visitor visitor) {
        for (int i = 0; i < outHeight; i++) {
            int h = i * window.strideHeight() + top;
            if (h < 0 || h >= x.dim(2)) {
                continue;
            }
            for (int j = 0; j < outWidth; j++) {
                int w = j * window.strideWidth() + left;
                if (w >= 0 && w < x.dim(3)) {
                    visitor.visit(plane + h * x.dim(3) + w, row + i * outWidth + j);
                }
            }
        }
    }
}
