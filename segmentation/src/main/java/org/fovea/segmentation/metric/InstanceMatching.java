package org.fovea.segmentation.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * True and predicted objects of one image, to be matched at any threshold of the intersection over union (IoU).
 *
 * <p>A match pairs each object with at most one: of all pairings the one with the most pairs at or above the threshold, and of
 * those the one with the greatest sum of IoU.
 *
 * @see <a href="https://github.com/stardist/stardist">StarDist's metrics</a>, which these equal
 */
public final class InstanceMatching {
    private final int trueObjects;
    private final int predictedObjects;
    private final List<Pair> pairs;

    /** A true and a predicted object that overlap, by their numbers from 0. */
    record Pair(int truth, int predicted, double iou) {}

    private InstanceMatching(int trueObjects, int predictedObjects, List<Pair> pairs) {
        this.trueObjects = trueObjects;
        this.predictedObjects = predictedObjects;
        this.pairs = pairs;
    }

    /**
     * Computes the overlaps of the objects of two masks.
     *
     * @param truth labels of the true objects, 0 for the background
     * @param predicted labels of the predicted objects, 0 for the background
     * @throws IllegalArgumentException when the masks differ in size
     */
    public static InstanceMatching of(LabelMask truth, LabelMask predicted) {
        MaskSizes.check(truth, predicted);
        Map<Integer, Integer> truths = new HashMap<>();
        Map<Integer, Integer> predictions = new HashMap<>();
        Map<Long, Integer> common = new HashMap<>();
        int[] trueAreas = new int[Character.MAX_VALUE + 1];
        int[] predictedAreas = new int[Character.MAX_VALUE + 1];
        for (int y = 0; y < truth.height(); y++) {
            for (int x = 0; x < truth.width(); x++) {
                int t = truth.label(y, x);
                int p = predicted.label(y, x);
                if (t > 0) {
                    trueAreas[number(truths, t)]++;
                }
                if (p > 0) {
                    predictedAreas[number(predictions, p)]++;
                }
                if (t > 0 && p > 0) {
                    common.merge((long) truths.get(t) << Integer.SIZE | predictions.get(p), 1, Integer::sum);
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        common.forEach((key, area) -> {
            int t = (int) (key >> Integer.SIZE);
            int p = key.intValue();
            pairs.add(new Pair(t, p, (double) area / (trueAreas[t] + predictedAreas[p] - area)));
        });
        return new InstanceMatching(truths.size(), predictions.size(), List.copyOf(pairs));
    }

    private static int number(Map<Integer, Integer> numbers, int label) {
        return numbers.computeIfAbsent(label, key -> numbers.size());
    }

    /**
     * Matches the objects at a threshold.
     *
     * @param threshold minimum IoU of a match, above 0, at most 1
     */
    public MatchingScores at(double threshold) {
        Check.that(
                threshold > 0 && threshold <= 1,
                "InstanceMatching: the threshold",
                "be above 0 and at most 1",
                threshold);
        List<Pair> matched = threshold > 0.5 // an object cannot have two matches then
                ? pairs
                : BestPairing.of(pairs, trueObjects, predictedObjects, threshold);
        int count = 0;
        double sum = 0;
        for (Pair pair : matched) {
            if (pair.iou >= threshold) {
                count++;
                sum += pair.iou;
            }
        }
        return new MatchingScores(threshold, count, predictedObjects - count, trueObjects - count, sum);
    }

    /** The number of true objects. */
    public int trueObjects() {
        return trueObjects;
    }

    /** The number of predicted objects. */
    public int predictedObjects() {
        return predictedObjects;
    }
}
