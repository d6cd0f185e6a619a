package org.fovea.core.image;

/**
 * The part of an image that a model's input shows: a rectangle in the image's pixels, (0, 0) being the outer corner of the
 * top left pixel.
 *
 * <p>A crop shows less than the whole image; where the image was padded the rectangle reaches over its edges.
 *
 * @param left the rectangle's left edge; the input's column 0 begins here
 * @param top the rectangle's top edge; the input's row 0 begins here
 * @param right the rectangle's right edge; the input's last column ends here
 * @param bottom the rectangle's bottom edge; the input's last row ends here
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

    /** The geometry of an input that shows the whole of an image. */
    public static InputGeometry whole(RgbImage image) {
        return new InputGeometry(0, 0, image.width(), image.height());
    }

    /**
     * The geometry of the input's part at its top left.
     *
     * @param columns share of the input's width, above 0
     * @param rows share of the input's height, above 0
     */
    public InputGeometry topLeft(double columns, double rows) {
        return new InputGeometry(left, top, x(columns), y(rows));
    }

    /**
     * The x in the image of an x in the input.
     *
     * @param fraction from 0 at the input's left edge to 1 at its right
     */
    public double x(double fraction) {
        return left + fraction * (right - left);
    }

    /**
     * The y in the image of a y in the input.
     *
     * @param fraction from 0 at the input's top edge to 1 at its bottom
     */
    public double y(double fraction) {
        return top + fraction * (bottom - top);
    }
}
