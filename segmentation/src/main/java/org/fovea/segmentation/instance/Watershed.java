package org.fovea.segmentation.instance;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * Objects of a foreground, told apart by their depth: each deep part that is connected is the seed of an object, which then grows
 * over the foreground from deep to shallow, until it meets another.
 *
 * @param foreground least probability of a pixel of an object, 0 to 1
 * @param seed least depth of a seed, 0 to 1
 * @param leastArea objects of fewer pixels are left out
 * @param largestHole gaps within an object of at most so many pixels are filled
 * @see <a href="https://doi.org/10.1109/34.87344">Vincent and Soille 1991</a>
 */
public record Watershed(double foreground, double seed, int leastArea, int largestHole) {
    private static final int LEVELS = 256;

    /** Checks the ranges. */
    public Watershed {
        Check.probability("Watershed: foreground", foreground);
        Check.probability("Watershed: seed", seed);
        Check.atLeast(0, "Watershed: least area", leastArea);
        Check.atLeast(0, "Watershed: largest hole", largestHole);
    }

    /**
     * The objects, numbered from 1 by rows of their first pixels.
     *
     * @param probabilities {@code [H, W]}, of the foreground, by rows
     * @param depths {@code [H, W]}, 0 to 1, by rows
     * @throws IllegalArgumentException when the lengths are not height · width, or there are more than 65,535 objects
     */
    public LabelMask objects(float[] probabilities, float[] depths, int height, int width) {
        Check.that(
                probabilities.length == height * width && depths.length == probabilities.length,
                "Watershed: the maps",
                "have height * width numbers",
                probabilities.length + " and " + depths.length + " for " + height + " x " + width);
        boolean[] inside = new boolean[probabilities.length];
        int[] depth = new int[probabilities.length];
        boolean[] seeds = new boolean[probabilities.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = probabilities[i] >= foreground;
            depth[i] = Math.max(0, Math.min(LEVELS - 1, (int) (depths[i] * LEVELS)));
            seeds[i] = inside[i] && depths[i] >= seed;
        }
        Components parts = new Components(height, width);
        int[] labels = parts.label(seeds);
        flood(labels, inside, depth, height, width);
        parts.labelRest(labels, inside); // foreground without a deep place is an object too
        Holes.fill(labels, height, width, largestHole);
        return numbered(labels, height, width);
    }

    /** Grows the labels over the foreground, the deepest pixels first, those that were reached first before others. */
    private static void flood(int[] labels, boolean[] inside, int[] depth, int height, int width) {
        IntQueue[] queues = new IntQueue[LEVELS];
        Arrays.setAll(queues, i -> new IntQueue());
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0) {
                queues[depth[i]].add(i);
            }
        }
        int level = LEVELS - 1;
        while (level >= 0) {
            if (queues[level].isEmpty()) {
                level--;
                continue;
            }
            int at = queues[level].remove();
            int x = at % width;
            int[] next = {x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width};
            for (int n : next) {
                if (n >= 0 && n < labels.length && inside[n] && labels[n] == 0) {
                    labels[n] = labels[at];
                    int own = Math.min(depth[n], level); // a pixel behind a shallow one waits as long as that one
                    queues[own].add(n);
                }
            }
        }
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
