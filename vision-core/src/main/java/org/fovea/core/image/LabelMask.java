package org.fovea.core.image;

import java.util.Arrays;

/**
 * A label for each pixel of an image, such as its class or the number of its object: {@code [H, W]}, 0 to 65,535, rows from
 * the top; immutable and thread-safe.
 */
public final class LabelMask {
    private final int height;
    private final int width;
    private final char[] labels;
    private final int outside;

    private LabelMask(int height, int width, char[] labels, int outside) {
        this.height = height;
        this.width = width;
        this.labels = labels;
        this.outside = outside;
    }

    /**
     * Creates a mask from labels; beyond its borders is label 0.
     *
     * @param height height in pixels, at least 1
     * @param width width in pixels, at least 1
     * @param labels labels row by row
     * @throws IllegalArgumentException when the number of labels is not {@code height * width}, or one is out of range
     */
    public static LabelMask of(int height, int width, int[] labels) {
        checkSize(height, width, labels.length);
        char[] kept = new char[labels.length];
        for (int i = 0; i < labels.length; i++) {
            kept[i] = checked(labels[i]);
        }
        return new LabelMask(height, width, kept, 0);
    }

    /** Creates a mask from labels, each from 0 to 65,535; copied. */
    public static LabelMask of(int height, int width, char[] labels) {
        checkSize(height, width, labels.length);
        return new LabelMask(height, width, labels.clone(), 0);
    }

    private static void checkSize(int height, int width, int labels) {
        if (height < 1 || width < 1 || labels != (long) height * width) {
            throw new IllegalArgumentException("LabelMask: height and width must be at least 1 and the labels"
                    + " height * width, got " + height + " x " + width + " and " + labels + " labels");
        }
    }

    private static char checked(int label) {
        if (label < 0 || label > Character.MAX_VALUE) {
            throw new IllegalArgumentException("LabelMask: a label must lie in [0, 65535], got " + label);
        }
        return (char) label;
    }

    /** Copy with another label beyond its borders, such as one that a loss ignores. */
    public LabelMask withOutside(int label) {
        return new LabelMask(height, width, labels, checked(label));
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Label of a pixel; the outside label for a pixel beyond the borders. */
    public int label(int y, int x) {
        return y >= 0 && y < height && x >= 0 && x < width ? labels[y * width + x] : outside;
    }

    /** Copies a row of labels to the beginning of an array. */
    public void copyRow(int y, char[] target) {
        System.arraycopy(labels, y * width, target, 0, width);
    }

    /** Label of pixels beyond the borders. */
    public int outside() {
        return outside;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LabelMask m
                && m.height == height
                && m.width == width
                && m.outside == outside
                && Arrays.equals(m.labels, labels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + width;
    }

    /** The size. */
    @Override
    public String toString() {
        return "mask " + height + " x " + width;
    }
}
