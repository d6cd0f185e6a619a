package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/**
 * How a convolution's kernel moves: sizes as (height, width), in pixels.
 *
 * @param padHeight zero rows added at the top and again at the bottom
 * @param padWidth zero columns added at the left and again at the right
 * @param groups channel groups that are convolved apart; divides input and output channels
 */
public record ConvWindow(
        int strideHeight,
        int strideWidth,
        int padHeight,
        int padWidth,
        int dilationHeight,
        int dilationWidth,
        int groups) {
    /** Checks the numbers. */
    public ConvWindow {
        if (strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1 || groups < 1) {
            throw new IllegalArgumentException("ConvWindow: strides, dilations and groups must be at least 1, got "
                    + strideHeight + "x" + strideWidth + ", " + dilationHeight + "x" + dilationWidth + ", " + groups);
        }
        if (padHeight < 0 || padWidth < 0) {
            throw new IllegalArgumentException(
                    "ConvWindow: padding must be at least 0, got " + padHeight + "x" + padWidth);
        }
    }

    /** A square window without dilation or groups. */
    public static ConvWindow of(int stride, int pad) {
        return new ConvWindow(stride, stride, pad, pad, 1, 1, 1);
    }

    /** This window with channel groups. */
    public ConvWindow grouped(int newGroups) {
        return new ConvWindow(strideHeight, strideWidth, padHeight, padWidth, dilationHeight, dilationWidth, newGroups);
    }

    /** This window with gaps in the kernel. */
    public ConvWindow dilated(int dilation) {
        return new ConvWindow(strideHeight, strideWidth, padHeight, padWidth, dilation, dilation, groups);
    }

    int outHeight(int height, int kernel) {
        return out(height, kernel, strideHeight, padHeight, dilationHeight);
    }

    int outWidth(int width, int kernel) {
        return out(width, kernel, strideWidth, padWidth, dilationWidth);
    }

    private static int out(int size, int kernel, int stride, int pad, int dilation) {
        return Math.floorDiv(size + 2 * pad - dilation * (kernel - 1) - 1, stride) + 1;
    }

    /** The shape of y for x {@code [B, C, H, W]} and w {@code [O, C/groups, h, w]}. */
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
