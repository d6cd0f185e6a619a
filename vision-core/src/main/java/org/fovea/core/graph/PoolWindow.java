package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/**
 * Size and steps of a pooling window: sizes as (height, width), in pixels.
 *
 * @param padHeight rows added at the top and again at the bottom; less than the window, so that it always sees a pixel
 * @param padWidth columns added at the left and again at the right; less than the window
 */
public record PoolWindow(int height, int width, int strideHeight, int strideWidth, int padHeight, int padWidth) {
    /** Checks the sizes. */
    public PoolWindow {
        if (height < 1 || width < 1 || strideHeight < 1 || strideWidth < 1) {
            throw new IllegalArgumentException("PoolWindow: window and strides must be at least 1, got " + height + "x"
                    + width + ", " + strideHeight + "x" + strideWidth);
        }
        if (padHeight < 0 || padWidth < 0 || 2 * padHeight > height || 2 * padWidth > width) {
            throw new IllegalArgumentException("PoolWindow: padding must be between 0 and half the window, got "
                    + padHeight + "x" + padWidth + " for " + height + "x" + width);
        }
    }

    /** Creates a square window. */
    public static PoolWindow of(int size, int stride, int pad) {
        return new PoolWindow(size, size, stride, stride, pad, pad);
    }

    /** Shape of y for x {@code [B, C, H, W]}; only windows that lie entirely in the padded image count. */
    Shape outShape(Shape x) {
        return Shape.of(
                x.dim(0),
                x.dim(1),
                Math.floorDiv(x.dim(2) + 2 * padHeight - height, strideHeight) + 1,
                Math.floorDiv(x.dim(3) + 2 * padWidth - width, strideWidth) + 1);
    }

    boolean fits(Shape x) {
        return x.rank() == 4
                && x.dim(2) >= 1
                && x.dim(3) >= 1
                && x.dim(2) + 2 * padHeight >= height
                && x.dim(3) + 2 * padWidth >= width;
    }
}
