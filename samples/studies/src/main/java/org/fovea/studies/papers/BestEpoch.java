package org.fovea.studies.papers;

import java.util.Locale;
import org.fovea.core.tensor.Tensor;

/** The best epochs so far, by the validation papers. */
final class BestEpoch {
    /**
     * One epoch.
     *
     * @param validation share of validation papers that are right
     * @param test share of test papers that are right
     */
    record Score(int epoch, double loss, double validation, double test) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "test %.1f%% at epoch %d, validation %.1f%%, loss %.3f",
                    100 * test,
                    epoch,
                    100 * validation,
                    loss);
        }
    }

    private final CitationGraph papers;
    private final int[] validation;
    private final int[] test;
    private double highest;
    private int waiting;
    private Score lowest = new Score(-1, Double.POSITIVE_INFINITY, 0, 0);
    private Score both = lowest;

    BestEpoch(CitationGraph papers) {
        this.papers = papers;
        this.validation = papers.part("val");
        this.test = papers.part("test");
    }

    /** Takes an epoch into account. */
    void look(int epoch, double loss, Tensor logits) {
        double accuracy = papers.accuracy(logits, validation);
        boolean low = loss <= lowest.loss;
        boolean high = accuracy >= highest;
        waiting = low || high ? 0 : waiting + 1;
        highest = Math.max(highest, accuracy);
        if (low) {
            lowest = new Score(epoch, loss, accuracy, papers.accuracy(logits, test));
            both = high ? lowest : both;
        }
    }

    /** Epochs since the validation loss or the validation accuracy was last as good as ever. */
    int waiting() {
        return waiting;
    }

    /** The epoch of the lowest validation loss. */
    Score lowest() {
        return lowest;
    }

    /** The last epoch that had both the lowest validation loss and the highest validation accuracy until then. */
    Score both() {
        return both;
    }
}
