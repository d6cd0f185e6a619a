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

    /** @param bits of the box, row by row */
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
     * A mask of the pixels that are set.
     *
     * @param pixels row by row
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

    /** This mask on a larger image of which its image is a part. */
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

    /** The first column with a pixel; 0 of an empty mask. */
    public int left() {
        return left;
    }

    /** The first row with a pixel; 0 of an empty mask. */
    public int top() {
        return top;
    }

    /** The column after the last with a pixel; 0 of an empty mask. */
    public int right() {
        return right;
    }

    /** The row after the last with a pixel; 0 of an empty mask. */
    public int bottom() {
        return bottom;
    }

    /** The number of pixels. */
    public int area() {
        return bits.cardinality();
    }

    /** Returns whether there is no pixel. */
    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /** Returns whether a pixel belongs to the mask; none outside the image does. */
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

    /** The mask as labels: 1 inside, 0 outside. */
    public LabelMask toLabels() {
        byte[] bytes = toBytes();
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i];
        }
        return LabelMask.of(height, width, labels);
    }

    /**
     * This mask with holes of fewer pixels filled and islands of fewer pixels left out; where all islands are small the largest stays.
     * Pixels that touch at a corner are together. The same object where nothing changes.
     *
     * @param leastArea pixels, at least 1
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

    /** The size, the box and the area. */
    @Override
    public String toString() {
        return area() + " pixels of " + height + " x " + width + " within " + left + "," + top + "," + right + ","
                + bottom;
    }
}
