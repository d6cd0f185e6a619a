package org.fovea.segmentation;

import java.util.Arrays;
import java.util.BitSet;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * Pixels of an image that belong together: {@code [H, W]}, rows from the top; immutable. A bit for each pixel of its bounding box is
 * held, so that many of a large image are small.
 */
public final class BinaryMask {
    private final int height;
    private final int width;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final BitSet bits;

    /** @param bits pixels of the box, row by row */
    private BinaryMask(int height, int width, int left, int top, int right, int bottom, BitSet bits) {
        this.height = height;
        this.width = width;
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
        this.bits = bits;
    }

    /**
     * Creates a mask from the set pixels.
     *
     * @param pixels bits of the image, row by row
     */
    static BinaryMask of(int height, int width, BitSet pixels) {
        int left = width;
        int right = 0;
        int top = height;
        int bottom = 0;
        for (int y = 0; y < height; y++) {
            int first = pixels.nextSetBit(y * width);
            if (first >= 0 && first < (y + 1) * width) {
                top = Math.min(top, y);
                bottom = y + 1;
                left = Math.min(left, first - y * width);
                right = Math.max(right, pixels.previousSetBit((y + 1) * width - 1) - y * width + 1);
            }
        }
        if (bottom == 0) {
            return new BinaryMask(height, width, 0, 0, 0, 0, new BitSet());
        }
        BitSet inside = new BitSet((bottom - top) * (right - left));
        for (int y = top; y < bottom; y++) {
            int end = y * width + right;
            for (int i = pixels.nextSetBit(y * width + left); i >= 0 && i < end; i = pixels.nextSetBit(i + 1)) {
                inside.set((y - top) * (right - left) + i - y * width - left);
            }
        }
        return new BinaryMask(height, width, left, top, right, bottom, inside);
    }

    /** Copy of this mask within a larger image that contains the mask's image at {@code (x, y)}. */
    BinaryMask placed(int x, int y, int imageHeight, int imageWidth) {
        return isEmpty()
                ? new BinaryMask(imageHeight, imageWidth, 0, 0, 0, 0, bits)
                : new BinaryMask(imageHeight, imageWidth, left + x, top + y, right + x, bottom + y, bits);
    }

    /** Rows of the image. */
    public int height() {
        return height;
    }

    /** Columns of the image. */
    public int width() {
        return width;
    }

    /** First column with a pixel of the mask; 0 for an empty mask. */
    public int left() {
        return left;
    }

    /** First row with a pixel of the mask; 0 for an empty mask. */
    public int top() {
        return top;
    }

    /** Column after the last one with a pixel of the mask; 0 for an empty mask. */
    public int right() {
        return right;
    }

    /** Row after the last one with a pixel of the mask; 0 for an empty mask. */
    public int bottom() {
        return bottom;
    }

    /** Number of pixels of the mask. */
    public int area() {
        return bits.cardinality();
    }

    /** Returns whether the mask has no pixels. */
    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /** Returns whether a pixel belongs to the mask; false for pixels outside the image. */
    public boolean contains(int x, int y) {
        return x >= left && x < right && y >= top && y < bottom && bits.get((y - top) * (right - left) + x - left);
    }

    /** All pixels, row by row: 1 inside, 0 outside. */
    public byte[] toBytes() {
        byte[] out = new byte[Math.multiplyExact(height, width)];
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            out[(top + i / (right - left)) * width + left + i % (right - left)] = 1;
        }
        return out;
    }

    /** Label mask: 1 inside, 0 outside. */
    public LabelMask toLabels() {
        byte[] bytes = toBytes();
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i];
        }
        return LabelMask.of(height, width, labels);
    }

    /**
     * Copy without holes and islands that have fewer pixels; if all islands are small, the largest stays. Pixels that touch at
     * a corner are connected. Returns this object if nothing changes.
     *
     * @param leastArea smallest area of a hole or island that stays, in pixels, at least 1
     */
    public BinaryMask withoutSmallRegions(int leastArea) {
        Check.positive("BinaryMask: leastArea", leastArea);
        if (isEmpty()) {
            return this;
        }
        BitSet pixels = new BitSet(height * width);
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            pixels.set((top + i / (right - left)) * width + left + i % (right - left));
        }
        boolean filled = SmallRegions.fillHoles(pixels, height, width, leastArea);
        boolean cleared = SmallRegions.clearIslands(pixels, height, width, leastArea);
        return filled || cleared ? of(height, width, pixels) : this;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BinaryMask m
                && m.height == height
                && m.width == width
                && Arrays.equals(m.box(), box())
                && m.bits.equals(bits);
    }

    private int[] box() {
        return new int[] {left, top, right, bottom};
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + bits.hashCode();
    }

    /** Size, box and area of the mask. */
    @Override
    public String toString() {
        return area() + " pixels of " + height + " x " + width + " within " + left + "," + top + "," + right + ","
                + bottom;
    }
}
