package org.fovea.segmentation.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * Counts of true and predicted classes of pixels, over all images added, and what follows from them; not thread-safe.
 *
 * <p>A class that neither occurs nor is predicted has no score and does not count in means.
 */
public final class SemanticScores {
    private final int ignored;
    private final long[][] counts;

    /**
     * Creates scores without pixels.
     *
     * @param classes number of classes, K; labels are 0 to K - 1
     * @param ignored true label of pixels that are ignored; -1 for none
     */
    public SemanticScores(int classes, int ignored) {
        Check.positive("SemanticScores: classes", classes);
        this.ignored = ignored;
        this.counts = new long[classes][classes];
    }

    /**
     * Adds an image.
     *
     * @throws IllegalArgumentException when the masks differ in size, or a label is no class
     */
    public void add(LabelMask truth, LabelMask predicted) {
        MaskSizes.check(truth, predicted);
        for (int y = 0; y < truth.height(); y++) {
            for (int x = 0; x < truth.width(); x++) {
                int t = truth.label(y, x);
                if (t != ignored) {
                    counts[checked("a true", t, y, x)][checked("a predicted", predicted.label(y, x), y, x)]++;
                }
            }
        }
    }

    private int checked(String which, int label, int y, int x) {
        if (label >= counts.length) {
            throw new IllegalArgumentException(which + " label must be a class, 0 to " + (counts.length - 1) + ", got "
                    + label + " at row " + y + ", column " + x + "; give more classes, or the label that is ignored");
        }
        return label;
    }

    /** Intersection over union of a class; NaN if it is in neither mask. */
    public double iou(int label) {
        long union = trues(label) + predictions(label) - counts[label][label];
        return union == 0 ? Double.NaN : (double) counts[label][label] / union;
    }

    /** Dice coefficient of a class, twice the intersection over the sum of both areas; NaN if it is in neither mask. */
    public double dice(int label) {
        long both = trues(label) + predictions(label);
        return both == 0 ? Double.NaN : 2.0 * counts[label][label] / both;
    }

    /** Fraction of pixels with the right class; NaN if there are no pixels. */
    public double pixelAccuracy() {
        long right = 0;
        long all = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
            all += trues(k);
        }
        return (double) right / all;
    }

    /** Mean IoU of the classes that occur in a mask. */
    public double meanIou() {
        return mean(this::iou);
    }

    /** Mean Dice coefficient of the classes that occur in a mask. */
    public double meanDice() {
        return mean(this::dice);
    }

    private double mean(IntToDoubleFunction score) {
        return IntStream.range(0, counts.length)
                .mapToDouble(score)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Number of pixels of a class in the truth. */
    public long trues(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /** Number of pixels predicted to be of a class. */
    public long predictions(int label) {
        return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }
}
