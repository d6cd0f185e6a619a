package org.fovea.segmentation.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Figures of the regions of a label image, gathered row by row; not thread-safe. */
public final class SegmentStatistics {
    private static final int SMALL = 16;

    private long[] area = new long[SMALL];
    private double[] sumX = new double[SMALL];
    private double[] sumY = new double[SMALL];
    private double[] sumScore = new double[SMALL];
    private int[] left = new int[SMALL];
    private int[] top = new int[SMALL];
    private int[] right = new int[SMALL];
    private int[] bottom = new int[SMALL];

    /**
     * Adds a row of pixels.
     *
     * @param labels of the pixels, 0 to 65,535
     * @param scores of the pixels
     */
    public void add(int y, char[] labels, float[] scores) {
        add(y, x -> labels[x], scores);
    }

    /**
     * Adds a row of pixels.
     *
     * @param labels of the pixels, at least 0
     * @param scores of the pixels
     */
    public void add(int y, int[] labels, float[] scores) {
        add(y, x -> labels[x], scores);
    }

    private void add(int y, IntUnaryOperator labels, float[] scores) {
        int x = 0;
        while (x < scores.length) {
            int label = labels.applyAsInt(x);
            int from = x;
            double score = 0;
            while (x < scores.length && labels.applyAsInt(x) == label) {
                score += scores[x++];
            }
            addRun(label, y, from, x, score);
        }
    }

    private void addRun(int label, int y, int from, int to, double score) {
        if (label >= area.length) {
            grow(Math.max(label + 1, 2 * area.length));
        }
        if (area[label] == 0) {
            left[label] = from;
            top[label] = y;
        }
        int length = to - from;
        area[label] += length;
        sumX[label] += length * (from + to) / 2.0;
        sumY[label] += length * (y + 0.5);
        sumScore[label] += score;
        left[label] = Math.min(left[label], from);
        right[label] = Math.max(right[label], to);
        bottom[label] = y + 1;
    }

    private void grow(int size) {
        area = Arrays.copyOf(area, size);
        sumX = Arrays.copyOf(sumX, size);
        sumY = Arrays.copyOf(sumY, size);
        sumScore = Arrays.copyOf(sumScore, size);
        left = Arrays.copyOf(left, size);
        top = Arrays.copyOf(top, size);
        right = Arrays.copyOf(right, size);
        bottom = Arrays.copyOf(bottom, size);
    }

    /** Classes that have pixels, the largest first. */
    public List<Segment> classes(List<String> names) {
        List<Segment> out = new ArrayList<>();
        for (int label = 0; label < area.length; label++) {
            if (area[label] > 0) {
                out.add(segment(label, label, names.get(label)));
            }
        }
        out.sort((a, b) -> Long.compare(b.area(), a.area()));
        return out;
    }

    /**
     * Objects in the order of their numbers; label 0 is no object.
     *
     * @param classOf class index of an object
     * @param names class names
     */
    public List<Segment> objects(IntFunction<Integer> classOf, List<String> names) {
        List<Segment> out = new ArrayList<>();
        for (int label = 1; label < area.length; label++) {
            if (area[label] > 0) {
                int index = classOf.apply(label);
                out.add(segment(label, index, names.get(index)));
            }
        }
        return out;
    }

    private Segment segment(int label, int classIndex, String name) {
        return new Segment(
                label,
                classIndex,
                name,
                area[label],
                sumX[label] / area[label],
                sumY[label] / area[label],
                left[label],
                top[label],
                right[label],
                bottom[label],
                sumScore[label] / area[label]);
    }
}
