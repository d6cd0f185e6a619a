package org.fovea.segmentation.instance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fovea.core.image.LabelMask;

/**
 * A row whose objects are not all known.
 *
 * @param levels depths quantized in steps of 1/{@value #DEEPEST}, as in {@link Watershed}
 * @param classes most likely class of each pixel
 * @param runs runs of foreground pixels, from left to right
 * @param pieces runs of objects found so far
 */
record PendingRow(
        int y,
        float[] probabilities,
        byte[] levels,
        char[] classes,
        List<ForegroundParts.Run> runs,
        List<Piece> pieces) {
    private static final int DEEPEST = 255;

    /** Pixels of an object, up to the last but one. */
    record Piece(int from, int to, int handle) {}

    static PendingRow of(int y, float[] probabilities, float[] depths, char[] classes) {
        byte[] levels = new byte[depths.length];
        for (int x = 0; x < levels.length; x++) {
            levels[x] = (byte) Math.max(0, Math.min(DEEPEST, Math.round(depths[x] * DEEPEST)));
        }
        return new PendingRow(y, probabilities.clone(), levels, classes.clone(), new ArrayList<>(), new ArrayList<>());
    }

    int likeliest(int x) {
        return classes[x];
    }

    /** Copies a part of the row. */
    void copy(int from, int to, float[] intoProbabilities, float[] intoDepths, int at) {
        System.arraycopy(probabilities, from, intoProbabilities, at, to - from);
        for (int x = from; x < to; x++) {
            intoDepths[at + x - from] = (levels[x] & 0xff) / (float) DEEPEST;
        }
    }

    /** Runs that belong to a component. */
    List<ForegroundParts.Run> runsWithin(ForegroundParts.Part part) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (runs.get(middle).from() < part.left()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        List<ForegroundParts.Run> out = new ArrayList<>();
        for (int i = low; i < runs.size() && runs.get(i).from() < part.right(); i++) {
            if (runs.get(i).part().root() == part) {
                out.add(runs.get(i));
            }
        }
        return out;
    }

    /**
     * Adds the runs of the objects in a row of labels.
     *
     * @param left column of the first label
     * @param handles handle of the object of each label, 0 for unwanted objects
     */
    void label(LabelMask labels, int row, int left, int[] handles) {
        int x = 0;
        while (x < labels.width()) {
            int label = labels.label(row, x);
            int from = x;
            while (x < labels.width() && labels.label(row, x) == label) {
                x++;
            }
            if (label < handles.length && handles[label] > 0) {
                pieces.add(new Piece(left + from, left + x, handles[label]));
            }
        }
    }

    /** Runs of objects, from left to right. */
    List<Piece> fromTheLeft() {
        return pieces.stream().sorted(Comparator.comparingInt(Piece::from)).toList();
    }
}
