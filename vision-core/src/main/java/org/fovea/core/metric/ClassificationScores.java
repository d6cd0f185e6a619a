package org.fovea.core.metric;

/** Collects a classifier's answers and says how good they are. Not thread-safe. */
public final class ClassificationScores {
    private final ConfusionMatrix confusion;
    private final Calibration calibration = new Calibration(Calibration.USUAL_BINS);
    private final long[] ranks;
    private long images;
    private double loss;

    /** Creates scores without answers. */
    public ClassificationScores(int classes) {
        this.confusion = new ConfusionMatrix(classes);
        this.ranks = new long[classes];
    }

    /**
     * Adds one answer. Among equal logits, the one of the lower class index ranks higher; NaN ranks lowest.
     *
     * @param logits one per class
     * @param label index of the right class, from 0
     * @throws IllegalArgumentException when there are more or fewer logits than classes, or no such class
     */
    public void add(float[] logits, int label) {
        if (logits.length != ranks.length || label < 0 || label >= ranks.length) {
            throw new IllegalArgumentException("ClassificationScores: an answer has " + ranks.length
                    + " logits and a label below that, got " + logits.length + " and " + label);
        }
        int best = 0;
        int rank = 0;
        for (int i = 0; i < logits.length; i++) {
            best = above(logits, i, best) ? i : best;
            rank += i != label && above(logits, i, label) ? 1 : 0;
        }
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit - logits[best]);
        }
        images++;
        ranks[rank]++;
        confusion.add(label, best);
        loss += Math.log(total) + logits[best] - logits[label];
        calibration.add(Double.isNaN(total) ? 0 : 1 / total, best == label);
    }

    /** Returns whether class a ranks above class b. */
    private static boolean above(float[] logits, int a, int b) {
        if (Float.isNaN(logits[b])) {
            return !Float.isNaN(logits[a]) || a < b;
        }
        return logits[a] > logits[b] || (logits[a] == logits[b] && a < b);
    }

    /** The number of answers. */
    public long images() {
        return images;
    }

    /** Fraction of answers whose right class is among the k highest; {@link Double#NaN} without answers. */
    public double topAccuracy(int k) {
        long found = 0;
        for (int i = 0; i < Math.min(k, ranks.length); i++) {
            found += ranks[i];
        }
        return (double) found / images;
    }

    /** Mean of -log softmax of the right class. */
    public double meanLoss() {
        return loss / images;
    }

    /** Expected calibration error with 15 bins. */
    public double calibrationError() {
        return calibration.error();
    }

    /** Confusion matrix of right and predicted classes. */
    public ConfusionMatrix confusion() {
        return confusion;
    }
}
