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
     * A mask of these labels; beyond its borders is label 0.
     *
     * @param height rows, at least 1
     * @param width columns, at least 1
     * @param labels row by row
     * @throws IllegalArgumentException when their number is not {@code height * width}, or one is out of range
     */
    public static LabelMask of(int height, int width, int[] labels) {
        checkSize(height, width, labels.length);
        char[] kept = new char[labels.length];
        for (int i = 0; i < labels.length; i++) {
            kept[i] = checked(labels[i]);
        }
        return new LabelMask(height, width, kept, 0);
    }

    /** A mask of these labels, each from 0 to 65,535; copied. */
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

    /** This mask with another label beyond its borders, such as one that a loss ignores. */
    public LabelMask withOutside(int label) {
        return new LabelMask(height, width, labels, checked(label));
    }

    /** The number of rows. */
    public int height() {
        return height;
    }

    /** The number of columns. */
    public int width() {
        return width;
    }

    /** The label of a pixel; that of the outside where there is none. */
    public int label(int y, int x) {
        return y >= 0 && y < height && x >= 0 && x < width ? labels[y * width + x] : outside;
    }

    /** Copies a row of labels into an array from its beginning on. */
    public void copyRow(int y, char[] target) {
        System.arraycopy(labels, y * width, target, 0, width);
    }

    /** The label beyond the borders. */
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
