package org.fovea.core.train;

import org.fovea.core.Check;
import org.fovea.core.backend.Precision;

/**
 * Everything that decides what a training run does, but for task and data; {@link #builder} gives one epoch in single
 * precision with nothing else switched on.
 *
 * @param optimizer optimizer of the trained parameters
 * @param schedule schedule of the learning rate, by the number of updates made
 * @param policy policy that selects trained parameters and their rates
 * @param epochs number of passes over the data, at least 1
 * @param precision precision of the matrix products; parameters and their updates are float32 (F64: float64)
 * @param seed seed of dropout; data sources and initial weights have their own
 * @param clipNorm largest norm of all gradients together; 0 for no clipping
 * @param emaDecay decay of the moving average of weights, which evaluation then uses, in [0, 1); 0 for none
 * @param accumulation number of batches whose gradients are averaged for one update, at least 1
 * @param patience number of epochs without a better score after which training stops; 0 for never
 * @param gradientCheckpointing whether the numbered parts of the model are recomputed for the backward pass rather than kept:
 *     less memory, more time; see {@link org.fovea.core.graph.Recomputation#ofNumberedParts}
 */
public record TrainingPlan(
        Optimizer optimizer,
        Schedule schedule,
        ParameterPolicy policy,
        int epochs,
        Precision precision,
        long seed,
        double clipNorm,
        double emaDecay,
        int accumulation,
        int patience,
        boolean gradientCheckpointing) {
    /** Checks the ranges. */
    public TrainingPlan {
        Check.atLeast(1, "TrainingPlan: epochs", epochs);
        Check.notNegative("TrainingPlan: clip norm", clipNorm);
        Check.share("TrainingPlan: decay of the moving average", emaDecay);
        Check.atLeast(1, "TrainingPlan: accumulation", accumulation);
        Check.atLeast(0, "TrainingPlan: patience", patience);
        if (!precision.trains()) {
            throw new IllegalArgumentException(
                    "TrainingPlan: the precision must be F32, BF16 or F64, got " + precision);
        }
    }

    /** Decay of the moving average at an update: lower at first, so that the initial weights fade quickly. */
    double emaDecay(long step) {
        return Math.min(emaDecay, (1.0 + step) / (10.0 + step));
    }

    /** Creates a plan for one epoch with the standard policy and no further features. */
    public static TrainingPlan of(Optimizer optimizer, Schedule schedule) {
        return builder(optimizer, schedule).build();
    }

    /** Creates a builder with the defaults. */
    public static Builder builder(Optimizer optimizer, Schedule schedule) {
        return new Builder(optimizer, schedule);
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final Optimizer optimizer;
        private final Schedule schedule;
        private ParameterPolicy policy = ParameterPolicy.standard();
        private int epochs = 1;
        private Precision precision = Precision.F32;
        private long seed;
        private double clipNorm;
        private double emaDecay;
        private int accumulation = 1;
        private int patience;
        private boolean gradientCheckpointing;

        private Builder(Optimizer optimizer, Schedule schedule) {
            this.optimizer = optimizer;
            this.schedule = schedule;
        }

        /** Sets the policy that selects trained parameters and their rates. */
        public Builder policy(ParameterPolicy value) {
            policy = value;
            return this;
        }

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

        /** Sets the epochs without a better score after which training stops. */
        public Builder patience(int value) {
            patience = value;
            return this;
        }

        /** Sets whether the numbered parts of the model are recomputed for the backward pass. */
        public Builder gradientCheckpointing(boolean value) {
            gradientCheckpointing = value;
            return this;
        }

        /** Builds and checks the plan. */
        public TrainingPlan build() {
            return new TrainingPlan(
                    optimizer,
                    schedule,
                    policy,
                    epochs,
                    precision,
                    seed,
                    clipNorm,
                    emaDecay,
                    accumulation,
                    patience,
                    gradientCheckpointing);
        }
    }
}
