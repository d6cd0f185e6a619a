package org.fovea.segmentation.instance;

import java.util.Arrays;

/** Regions that grow from the deepest pixels of an image and are joined where they meet with little dynamics. */
final class Basins {
    private static final int SIDES = 4;

    private final int width;
    private final int dynamics;
    private final int[] labels;
    private final int[] around = new int[SIDES];
    private int[] parents = new int[64]; // region that a region was merged into
    private int[] peaks = new int[64]; // level of the deepest pixel of a region
    private int count;

    /**
     * Creates an image without regions.
     *
     * @param dynamics minimum number of levels by which a region must be deeper than the saddle where it meets a deeper one;
     *     others are merged
     */
    Basins(int height, int width, int dynamics) {
        this.width = width;
        this.dynamics = dynamics;
        this.labels = new int[height * width];
    }

    /**
     * Grows the regions: the region number of each pixel, from 1; 0 for pixels that are not in the order.
     *
     * @param order pixels, the deepest first
     * @param level level of each pixel, unsigned
     */
    int[] grow(int[] order, byte[] level) {
        for (int at : order) {
            int x = at % width;
            around[0] = x > 0 ? labels[at - 1] : 0;
            around[1] = x < width - 1 ? labels[at + 1] : 0;
            around[2] = at >= width ? labels[at - width] : 0;
            around[3] = at + width < labels.length ? labels[at + width] : 0;
            labels[at] = take(level[at] & 0xff);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = root(labels[i]);
        }
        return labels;
    }

    /**
     * Assigns a pixel to the region of a neighbor; other neighboring regions are merged with it unless they are deep enough to
     * be objects. A pixel without a neighboring region begins one.
     */
    private int take(int level) {
        int mine = 0;
        for (int label : around) {
            int other = root(label);
            if (other == 0 || other == mine) {
                continue;
            }
            if (mine == 0) {
                mine = other;
            } else if (Math.min(peaks[mine], peaks[other]) - level < dynamics) {
                boolean deeper = peaks[other] > peaks[mine];
                parents[deeper ? mine : other] = deeper ? other : mine;
                mine = deeper ? other : mine;
            }
        }
        return mine == 0 ? begin(level) : mine;
    }

    private int begin(int level) {
        count++;
        if (count == parents.length) {
            parents = Arrays.copyOf(parents, 2 * count);
            peaks = Arrays.copyOf(peaks, 2 * count);
        }
        parents[count] = count;
        peaks[count] = level;
        return count;
    }

    private int root(int label) {
        int at = label;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
