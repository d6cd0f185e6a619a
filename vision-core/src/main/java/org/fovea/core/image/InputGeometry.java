package org.fovea.core.image;

/**
 * The part of an image that a model's input shows: a rectangle in the image's pixels, (0, 0) being the outer corner of the
 * top left pixel.
 *
 * <p>A crop shows less than the whole image; where the image was padded the rectangle reaches over its edges.
 *
 * @param left left edge of the rectangle, where the input's column 0 begins
 * @param top top edge of the rectangle, where the input's row 0 begins
 * @param right right edge of the rectangle, where the input's last column ends
 * @param bottom bottom edge of the rectangle, where the input's last row ends
 */
public record InputGeometry(double left, double top, double right, double bottom) {
    /**
     * Checks the edges.
     *
     * @throws IllegalArgumentException when the rectangle is empty or an edge is not a finite number
     */
    public InputGeometry {
        boolean finite =
                Double.isFinite(left) && Double.isFinite(top) && Double.isFinite(right) && Double.isFinite(bottom);
        if (!finite || !(left < right) || !(top < bottom)) {
            throw new IllegalArgumentException("InputGeometry: left must lie below right and top below bottom, got "
                    + left + ", " + top + ", " + right + ", " + bottom);
        }
    }

    /** Geometry of an input that shows the whole image. */
    public static InputGeometry whole(RgbImage image) {
        return new InputGeometry(0, 0, image.width(), image.height());
    }

    /**
     * Geometry of the top left part of the input.
     *
     * @param columns fraction of the input's width, above 0
     * @param rows fraction of the input's height, above 0
     */
    public InputGeometry topLeft(double columns, double rows) {
        return new InputGeometry(left, top, x(columns), y(rows));
    }

    /**
     * Converts an x coordinate of the input to one of the image.
     *
     * @param fraction from 0 at the input's left edge to 1 at its right
     */
    public double x(double fraction) {
        return left + fraction * (right - left);
    }

    /**
     * Converts a y coordinate of the input to one of the image.
     *
     * @param fraction from 0 at the input's top edge to 1 at its bottom
     */
    public double y(double fraction) {
        return top + fraction * (bottom - top);
    }
}
