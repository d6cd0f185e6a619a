package org.fovea.core.image;

/**
 * A rectangle on an image and what it holds; pixels from the image's left top corner, pixel centers at a half.
 *
 * @param left left edge
 * @param top upper edge
 * @param right right edge, not left of the left one
 * @param bottom lower edge, not above the upper one
 * @param label label, such as a class or the number of an object
 */
public record LabeledBox(double left, double top, double right, double bottom, int label) {
    /** Checks the order of the edges. */
    public LabeledBox {
        if (!(left <= right && top <= bottom)) {
            throw new IllegalArgumentException("LabeledBox: left must not exceed right nor top bottom, got " + left
                    + ", " + top + ", " + right + ", " + bottom);
        }
    }
}
