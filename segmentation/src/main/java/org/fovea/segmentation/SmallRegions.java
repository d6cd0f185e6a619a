package org.fovea.segmentation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Changes regions of a mask that are smaller than wanted; pixels that touch at a side or a corner are one region.
 *
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, appendix B, postprocessing</a>
 */
final class SmallRegions {
    private final BitSet pixels;
    private final boolean inside;
    private final int height;
    private final int width;
    private final BitSet seen;
    private int[] region = new int[1024];
    private int count;

    private SmallRegions(BitSet pixels, boolean inside, int height, int width) {
        this.pixels = pixels;
        this.inside = inside;
        this.height = height;
        this.width = width;
        this.seen = new BitSet(height * width);
    }

    /** Fills holes of fewer than {@code leastArea} pixels; returns whether there was one. */
    static boolean fillHoles(BitSet pixels, int height, int width, int leastArea) {
        SmallRegions regions = new SmallRegions(pixels, false, height, width);
        BitSet small = new BitSet();
        for (int i = pixels.nextClearBit(0); i < height * width; i = regions.next(i)) {
            regions.grow(i);
            if (regions.count < leastArea) {
                regions.addTo(small);
            }
        }
        pixels.or(small);
        return !small.isEmpty();
    }

    /**
     * Clears islands of fewer than {@code leastArea} pixels, keeping the largest if all are small; returns whether there was a
     * small one.
     */
    static boolean clearIslands(BitSet pixels, int height, int width, int leastArea) {
        SmallRegions regions = new SmallRegions(pixels, true, height, width);
        BitSet small = new BitSet();
        BitSet largest = new BitSet();
        int most = 0;
        for (int i = pixels.nextSetBit(0); i >= 0 && i < height * width; i = regions.next(i)) {
            regions.grow(i);
            if (regions.count < leastArea) {
                regions.addTo(small);
            }
            if (regions.count > most) {
                most = regions.count;
                largest.clear();
                regions.addTo(largest);
            }
        }
        boolean any = !small.isEmpty();
        if (most < leastArea) {
            small.andNot(largest);
        }
        pixels.andNot(small);
        return any;
    }

    /** Finds the next pixel that belongs to no region yet. */
    private int next(int after) {
        int i = after + 1;
        while (i < height * width && (seen.get(i) || pixels.get(i) != inside)) {
            i++;
        }
        return i;
    }

    private void addTo(BitSet set) {
        for (int i = 0; i < count; i++) {
            set.set(region[i]);
        }
    }

    /** Collects the connected region of a pixel. */
    private void grow(int start) {
        count = 0;
        visit(start);
        for (int i = 0; i < count; i++) {
            int y = region[i] / width;
            int x = region[i] % width;
            for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                    visit(v * width + u);
                }
            }
        }
    }

    private void visit(int pixel) {
        if (pixels.get(pixel) == inside && !seen.get(pixel)) {
            seen.set(pixel);
            if (count == region.length) {
                region = Arrays.copyOf(region, 2 * count);
            }
            region[count++] = pixel;
        }
    }
}
