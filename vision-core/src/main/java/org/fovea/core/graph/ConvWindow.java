package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/**
 * Steps and padding of a convolution's kernel: sizes as (height, width), in pixels.
 *
 * @param padTop zero rows added at the top
 * @param padLeft zero columns added at the left
 * @param padBottom zero rows added at the bottom
 * @param padRight zero columns added at the right
 * @param groups number of channel groups that are convolved separately; divides input and output channels
 */
public record ConvWindow(
        int strideHeight,
        int strideWidth,
        int padTop,
        int padLeft,
        int padBottom,
        int padRight,
        int dilationHeight,
        int dilationWidth,
        int groups) {
    /** Checks the numbers. */
    public ConvWindow {
        if (strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1 || groups < 1) {
            throw new IllegalArgumentException("ConvWindow: strides, dilations and groups must be at least 1, got "
                    + strideHeight + "x" + strideWidth + ", " + dilationHeight + "x" + dilationWidth + ", " + groups);
        }
        if (Math.min(Math.min(padTop, padLeft), Math.min(padBottom, padRight)) < 0) {
            throw new IllegalArgumentException("ConvWindow: padding must be at least 0, got " + padTop + "x" + padLeft
                    + " before and " + padBottom + "x" + padRight + " behind");
        }
    }

    /** Creates a window with the same padding at both ends of an axis. */
    public ConvWindow(
            int strideHeight,
            int strideWidth,
            int padHeight,
            int padWidth,
            int dilationHeight,
            int dilationWidth,
            int groups) {
        this(
                strideHeight,
                strideWidth,
                padHeight,
                padWidth,
                padHeight,
                padWidth,
                dilationHeight,
                dilationWidth,
                groups);
    }

    /** Creates a square window without dilation or groups. */
    public static ConvWindow of(int stride, int pad) {
        return new ConvWindow(stride, stride, pad, pad, 1, 1, 1);
    }

    /**
     * Creates a square kernel with TensorFlow's padding {@code SAME}: the result has a pixel for each stride of the image, and
     * the end gets the larger half of an odd padding.
     *
     * @param kernel side of the kernel
     * @param height of the image
     * @param width of the image
     */
    public static ConvWindow same(int kernel, int stride, int height, int width) {
        int rows = samePad(kernel, stride, height);
        int columns = samePad(kernel, stride, width);
        int top = rows / 2;
        int left = columns / 2;
        return new ConvWindow(stride, stride, top, left, rows - top, columns - left, 1, 1, 1);
    }

    private static int samePad(int kernel, int stride, int size) {
        int rest = size % stride;
        return Math.max(0, kernel - (rest == 0 ? stride : rest));
    }

    /** Copy with channel groups. */
    public ConvWindow grouped(int newGroups) {
        return new ConvWindow(
                strideHeight,
                strideWidth,
                padTop,
                padLeft,
                padBottom,
                padRight,
                dilationHeight,
                dilationWidth,
                newGroups);
    }

    /** Copy with a dilated kernel. */
    public ConvWindow dilated(int dilation) {
        return new ConvWindow(
                strideHeight, strideWidth, padTop, padLeft, padBottom, padRight, dilation, dilation, groups);
    }

    int outHeight(int height, int kernel) {
        return out(height, kernel, strideHeight, padTop + padBottom, dilationHeight);
    }

    int outWidth(int width, int kernel) {
        return out(width, kernel, strideWidth, padLeft + padRight, dilationWidth);
    }

    private static int out(int size, int kernel, int stride, int pad, int dilation) {
        return Math.floorDiv(size + pad - dilation * (kernel - 1) - 1, stride) + 1;
    }

    /** Shape of y for x {@code [B, C, H, W]} and w {@code [O, C/groups, h, w]}. */
    Shape outShape(Shape x, Shape w) {
        return Shape.of(x.dim(0), w.dim(0), outHeight(x.dim(2), w.dim(2)), outWidth(x.dim(3), w.dim(3)));
    }

    boolean fits(Shape x, Shape w) {
        return x.rank() == 4
                && w.rank() == 4
                && x.dim(1) == w.dim(1) * groups
                && w.dim(0) % groups == 0
                && w.dim(2) >= 1
                && w.dim(3) >= 1
                && outHeight(x.dim(2), w.dim(2)) >= 1
                && outWidth(x.dim(3), w.dim(3)) >= 1;
    }
}
