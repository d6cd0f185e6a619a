package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.GridSampleGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.tensor.Shape;

/** Bilinear sampling at given places; oneDNN has no primitive for it. */
final class GridSampleLoops {
    private final GridPadding padding;
    private final boolean alignCorners;
    private final int channels;
    private final int height;
    private final int width;
    private final int places;

    private GridSampleLoops(GridPadding padding, boolean alignCorners, Shape x, Shape grid) {
        this.padding = padding;
        this.alignCorners = alignCorners;
        channels = x.dim(1);
        height = x.dim(2);
        width = x.dim(3);
        places = grid.dim(1) * grid.dim(2);
    }

    static void forward(Lowering to, Node node) {
        GridSample op = (GridSample) node.op();
        GridSampleLoops loops = new GridSampleLoops(
                op.padding(),
                op.alignCorners(),
                node.input(0).shape(),
                node.input(1).shape());
        to.loop(
                m -> loops.forward(m.floats(0), m.floats(1), m.floats(2)),
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.result(node.outputs().get(0)));
    }

    static void gradient(Lowering to, Node node) {
        GridSampleGradient op = (GridSampleGradient) node.op();
        GridSampleLoops loops = new GridSampleLoops(
                op.padding(),
                op.alignCorners(),
                node.input(0).shape(),
                node.input(1).shape());
        to.loop(
                m -> loops.gradient(m.floats(0), m.floats(1), m.floats(2), m.floats(3), m.floats(4)),
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.plain(node.input(2)),
                to.result(node.outputs().get(0)),
                to.result(node.outputs().get(1)));
    }

    /** Converts a coordinate in [-1, 1] to pixels. */
    private float pixel(float at, int size) {
        float pixel = alignCorners ? (at + 1) / 2 * (size - 1) : ((at + 1) * size - 1) / 2;
        return padding == GridPadding.BORDER ? Math.max(0, Math.min(size - 1, pixel)) : pixel;
    }

    /** Derivative of the pixel coordinate; 0 where it is clamped to the border. */
    private float slope(float at, int size) {
        float slope = alignCorners ? (size - 1) / 2f : size / 2f;
        float pixel = alignCorners ? (at + 1) / 2 * (size - 1) : ((at + 1) * size - 1) / 2;
        return padding == GridPadding.BORDER && (pixel < 0 || pixel > size - 1) ? 0 : slope;
    }

    /** Index of a pixel in its plane, or -1 outside the image. */
    private int position(int row, int column) {
        return row < 0 || row >= height || column < 0 || column >= width ? -1 : row * width + column;
    }

    private static float read(FloatBuffer x, int plane, int position) {
        return position < 0 ? 0 : x.get(plane + position);
    }

    private static void add(FloatBuffer x, int plane, int position, float value) {
        if (position >= 0) {
            x.put(plane + position, x.get(plane + position) + value);
        }
    }

    private void forward(FloatBuffer x, FloatBuffer grid, FloatBuffer y) {
        int images = places == 0 ? 0 : grid.capacity() / (2 * places);
        for (int i = 0; i < images * places; i++) {
            float u = pixel(grid.get(2 * i), width);
            float v = pixel(grid.get(2 * i + 1), height);
            int left = (int) Math.floor(u);
            int top = (int) Math.floor(v);
            float du = u - left;
            float dv = v - top;
            int image = i / places;
            for (int c = 0; c < channels; c++) {
                int plane = (image * channels + c) * height * width;
                float upper =
                        read(x, plane, position(top, left)) * (1 - du) + read(x, plane, position(top, left + 1)) * du;
                float lower = read(x, plane, position(top + 1, left)) * (1 - du)
                        + read(x, plane, position(top + 1, left + 1)) * du;
                y.put((image * channels + c) * places + i % places, upper * (1 - dv) + lower * dv);
            }
        }
    }

    private void gradient(FloatBuffer x, FloatBuffer grid, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGrid) {
        Loops.fill(dx, 0);
        int images = places == 0 ? 0 : grid.capacity() / (2 * places);
        for (int i = 0; i < images * places; i++) {
            float u = pixel(grid.get(2 * i), width);
            float v = pixel(grid.get(2 * i + 1), height);
            int left = (int) Math.floor(u);
            int top = (int) Math.floor(v);
            float du = u - left;
            float dv = v - top;
            float sumU = 0;
            float sumV = 0;
            int image = i / places;
            for (int c = 0; c < channels; c++) {
                int plane = (image * channels + c) * height * width;
                float g = dy.get((image * channels + c) * places + i % places);
                int p00 = position(top, left);
                int p01 = position(top, left + 1);
                int p10 = position(top + 1, left);
                int p11 = position(top + 1, left + 1);
                float x00 = read(x, plane, p00);
                float x01 = read(x, plane, p01);
                float x10 = read(x, plane, p10);
                float x11 = read(x, plane, p11);
                add(dx, plane, p00, g * (1 - du) * (1 - dv));
                add(dx, plane, p01, g * du * (1 - dv));
                add(dx, plane, p10, g * (1 - du) * dv);
                add(dx, plane, p11, g * du * dv);
                sumU += g * ((x01 - x00) * (1 - dv) + (x11 - x10) * dv);
                sumV += g * ((x10 - x00) * (1 - du) + (x11 - x01) * du);
            }
            dGrid.put(2 * i, sumU * slope(grid.get(2 * i), width));
            dGrid.put(2 * i + 1, sumV * slope(grid.get(2 * i + 1), height));
        }
    }
}
