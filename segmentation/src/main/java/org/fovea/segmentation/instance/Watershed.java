package org.fovea.segmentation.instance;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * Objects of a foreground, told apart by their depth: each object grows from its deepest pixel over the foreground, from deep to
 * shallow, until it meets another. Where two meet and one of them is hardly deeper than the place where they do, they are one.
 *
 * @param foreground minimum foreground probability of an object's pixels, 0 to 1
 * @param dynamics minimum depth of an object above the saddle where it meets a deeper one, 0 to 1
 * @param leastArea minimum number of pixels of an object; smaller ones are dropped
 * @param largestHole maximum number of pixels of a hole within an object that is filled
 * @see <a href="https://doi.org/10.1109/34.87344">Vincent and Soille 1991</a>, and Grimaud 1992 on dynamics
 */
public record Watershed(double foreground, double dynamics, int leastArea, int largestHole) {
    private static final int LEVELS = 256;

    /** Checks the ranges. */
    public Watershed {
        Check.probability("Watershed: foreground", foreground);
        Check.probability("Watershed: dynamics", dynamics);
        Check.atLeast(0, "Watershed: least area", leastArea);
        Check.atLeast(0, "Watershed: largest hole", largestHole);
    }

    /**
     * Objects, numbered from 1 in the order of their first pixels.
     *
     * @param probabilities foreground probabilities {@code [H, W]}, row by row
     * @param depths depths {@code [H, W]}, 0 to 1, row by row
     * @throws IllegalArgumentException when the lengths are not height · width, or there are more than 65,535 objects
     */
    public LabelMask objects(float[] probabilities, float[] depths, int height, int width) {
        Check.that(
                probabilities.length == height * width && depths.length == probabilities.length,
                "Watershed: the maps",
                "have height * width numbers",
                probabilities.length + " and " + depths.length + " for " + height + " x " + width);
        byte[] level = new byte[probabilities.length];
        int[] order = order(probabilities, depths, level);
        int[] labels = new Basins(height, width, (int) Math.round(dynamics * (LEVELS - 1))).grow(order, level);
        Holes.fill(labels, height, width, largestHole);
        return numbered(labels, height, width);
    }

    /** Foreground pixels from the deepest to the shallowest; also stores their levels. */
    private int[] order(float[] probabilities, float[] depths, byte[] level) {
        int[] begins = new int[LEVELS + 1];
        for (int i = 0; i < level.length; i++) {
            if (probabilities[i] >= foreground) {
                level[i] = (byte) Math.max(0, Math.min(LEVELS - 1, Math.round(depths[i] * (LEVELS - 1))));
                begins[LEVELS - (level[i] & 0xff)]++;
            }
        }
        for (int i = 1; i <= LEVELS; i++) {
            begins[i] += begins[i - 1];
        }
        int[] out = new int[begins[LEVELS]];
        for (int i = 0; i < level.length; i++) {
            if (probabilities[i] >= foreground) {
                out[begins[LEVELS - 1 - (level[i] & 0xff)]++] = i;
            }
        }
        return out;
    }

    private LabelMask numbered(int[] labels, int height, int width) {
        int[] areas = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int label : labels) {
            areas[label]++;
        }
        int[] numbers = new int[areas.length];
        int count = 0;
        int[] out = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            if (label > 0 && areas[label] >= leastArea) {
                if (numbers[label] == 0) {
                    numbers[label] = ++count;
                }
                out[i] = numbers[label];
            }
        }
        if (count > Character.MAX_VALUE) {
            throw new IllegalArgumentException("Watershed: a mask holds at most 65535 objects, got " + count
                    + "; raise the least area, or cut the image into parts");
        }
        return LabelMask.of(height, width, out);
    }
}
