package org.fovea.segmentation.metric;

import java.util.List;

/**
 * Objects found, at one threshold of the intersection over union (IoU): of one image, or pooled over several.
 *
 * @param threshold minimum IoU with which a predicted object matches a true one
 * @param truePositives pairs of a true and a predicted object that match
 * @param falsePositives predicted objects without a match
 * @param falseNegatives true objects without a match
 * @param matchedIou sum of the IoU of the pairs
 */
public record MatchingScores(
        double threshold, int truePositives, int falsePositives, int falseNegatives, double matchedIou) {
    /** Average precision as defined for instance segmentation: TP / (TP + FP + FN); 0 where nothing matches. */
    public double averagePrecision() {
        return share(truePositives, truePositives + falsePositives + falseNegatives);
    }

    /** Precision, TP / (TP + FP); 0 where nothing matches. */
    public double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** Recall, TP / (TP + FN); 0 where nothing matches. */
    public double recall() {
        return share(truePositives, trueObjects());
    }

    /** F1 score, 2·TP / (2·TP + FP + FN); 0 where nothing matches. */
    public double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /**
     * Panoptic quality: the sum of the IoU of the pairs over TP + FP/2 + FN/2; 0 where nothing matches.
     *
     * @see <a href="https://arxiv.org/abs/1801.00868">Kirillov et al. 2019, equation 1</a>
     */
    public double panopticQuality() {
        return share(matchedIou, truePositives + falsePositives / 2.0 + falseNegatives / 2.0);
    }

    /** Mean IoU of the pairs; 0 where nothing matches. */
    public double meanMatchedIou() {
        return share(matchedIou, truePositives);
    }

    /** Sum of the IoU of the pairs divided by the number of true objects; 0 if there are none. */
    public double meanTrueIou() {
        return share(matchedIou, trueObjects());
    }

    /** The number of true objects. */
    public int trueObjects() {
        return truePositives + falseNegatives;
    }

    /** The number of predicted objects. */
    public int predictedObjects() {
        return truePositives + falsePositives;
    }

    private static double share(double part, double whole) {
        return part == 0 ? 0 : part / whole;
    }

    /**
     * Pools the scores of several images.
     *
     * @param each scores at the same threshold, at least one
     * @throws IllegalArgumentException when the list is empty or the thresholds differ
     */
    public static MatchingScores pooled(List<MatchingScores> each) {
        if (each.stream().mapToDouble(MatchingScores::threshold).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "MatchingScores: pooled scores must be at least one, of one threshold, got "
                            + each.stream().map(MatchingScores::threshold).toList());
        }
        return new MatchingScores(
                each.get(0).threshold,
                each.stream().mapToInt(MatchingScores::truePositives).sum(),
                each.stream().mapToInt(MatchingScores::falsePositives).sum(),
                each.stream().mapToInt(MatchingScores::falseNegatives).sum(),
                each.stream().mapToDouble(MatchingScores::matchedIou).sum());
    }
}
