package org.fovea.core.train;

import org.fovea.core.backend.Precision;

/**
 * How long and how exactly to train; {@link #builder} gives one epoch in single precision with nothing else switched on.
 *
 * @param epochs passes over the data, at least 1
 * @param precision of the products; parameters and their updates are float32 (F64: float64)
 * @param seed decides dropout; data sources and initial weights take theirs separately
 * @param clipNorm largest norm of all gradients together; 0 for no clipping
 * @param emaDecay of the moving average of weights that evaluation then uses, in [0, 1); 0 for none
 * @param accumulation batches whose gradients are averaged into one update, at least 1
 * @param patience epochs without a better {@code metric} after which training stops; 0 for never
 * @param metric which epoch was best
 * @param gradientCheckpointing whether the numbered parts of the model are computed again for their backward, rather than
 *     kept: less memory, more time; see {@link org.fovea.core.graph.Recomputation#ofNumberedParts}
 */
public record TrainingSettings(
        int epochs,
        Precision precision,
        long seed,
        double clipNorm,
        double emaDecay,
        int accumulation,
        int patience,
        BestMetric metric,
        boolean gradientCheckpointing) {
    /** Checks the ranges. */
    public TrainingSettings {
        Ranges.atLeast(1, "TrainingSettings: epochs", epochs);
        Ranges.notNegative("TrainingSettings: clip norm", clipNorm);
        Ranges.share("TrainingSettings: decay of the moving average", emaDecay);
        Ranges.atLeast(1, "TrainingSettings: accumulation", accumulation);
        Ranges.atLeast(0, "TrainingSettings: patience", patience);
        if (precision == Precision.INT8) {
            throw new IllegalArgumentException("TrainingSettings: the precision must be F32, BF16 or F64, got INT8");
        }
    }

    /** The decay of the moving average at an update: lower at first, so that the initial weights fade soon. */
    double emaDecay(long step) {
        return Math.min(emaDecay, (1.0 + step) / (10.0 + step));
    }

    /** Settings to start from. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private int epochs = 1;
        private Precision precision = Precision.F32;
        private long seed;
        private double clipNorm;
        private double emaDecay;
        private int accumulation = 1;
        private int patience;
        private BestMetric metric = BestMetric.TOP1;
        private boolean gradientCheckpointing;

        private Builder() {}

        /** Sets the number of passes over the data. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Sets the precision of the products. */
        public Builder precision(Precision value) {
            precision = value;
            return this;
        }

        /** Sets the seed of dropout. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets the largest norm of all gradients together. */
        public Builder clipNorm(double value) {
            clipNorm = value;
            return this;
        }

        /** Sets the decay of the moving average of weights. */
        public Builder emaDecay(double value) {
            emaDecay = value;
            return this;
        }

        /** Sets the number of batches per update. */
        public Builder accumulation(int value) {
            accumulation = value;
            return this;
        }

        /** Sets the epochs without a better metric after which training stops. */
        public Builder patience(int value) {
            patience = value;
            return this;
        }

        /** Sets which epoch counts as best. */
        public Builder metric(BestMetric value) {
            metric = value;
            return this;
        }

        /** Sets whether the numbered parts of the model are computed again rather than kept. */
        public Builder gradientCheckpointing(boolean value) {
            gradientCheckpointing = value;
            return this;
        }

        /** The settings, checked. */
        public TrainingSettings build() {
            return new TrainingSettings(
                    epochs, precision, seed, clipNorm, emaDecay, accumulation, patience, metric, gradientCheckpointing);
        }
    }
}
