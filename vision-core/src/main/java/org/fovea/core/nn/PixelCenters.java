package org.fovea.core.nn;

/** Positions of a result's pixels on the scale from -1 to 1. */
final class PixelCenters {
    private PixelCenters() {}

    /** Coordinate, from -1 to 1, of the center of a pixel on an axis of {@code count} pixels. */
    static double of(int index, int count, boolean alignCorners) {
        if (alignCorners) {
            return count == 1 ? 0 : 2.0 * index / (count - 1) - 1;
        }
        return (2.0 * index + 1) / count - 1;
    }

    /** Coordinates {@code (x, y)} of a pixel, given its index in row-major order. */
    static double[] of(int place, SamplingGrid grid) {
        return new double[] {
            of(place % grid.width(), grid.width(), grid.alignCorners()),
            of(place / grid.width(), grid.height(), grid.alignCorners())
        };
    }
}
