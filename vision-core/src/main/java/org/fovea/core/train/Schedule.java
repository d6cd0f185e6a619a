package org.fovea.core.train;

import java.util.List;
import org.fovea.core.Check;

/** The learning rate of each step: a pure function, so that a resumed run needs nothing but the step. */
public sealed interface Schedule {
    /**
     * Learning rate of a step.
     *
     * @param step number of updates before this one, from 0
     */
    double rate(long step);

    /** The same rate at every step. */
    record Constant(double peak) implements Schedule {
        /** Checks the rate. */
        public Constant {
            Check.notNegative("Schedule: the rate", peak);
        }

        @Override
        public double rate(long step) {
            return peak;
        }
    }

    /**
     * Linear from {@code start} to {@code peak}, then half a cosine to {@code end}, and {@code end} from then on.
     *
     * @param warmupSteps number of steps below the peak; step number {@code warmupSteps} is the first at the peak
     * @param totalSteps first step at which the rate is {@code end}
     * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, equation 5</a>, without restarts
     */
    record Cosine(double peak, double start, double end, long warmupSteps, long totalSteps) implements Schedule {
        /** Checks the ranges. */
        public Cosine {
            Check.notNegative("Schedule: the peak rate", peak);
            Check.notNegative("Schedule: the first rate", start);
            Check.notNegative("Schedule: the last rate", end);
            Check.atLeast(0, "Schedule: warm-up steps", warmupSteps);
            Check.atLeast(warmupSteps + 1, "Schedule: total steps after the warm-up", totalSteps);
        }

        @Override
        public double rate(long step) {
            if (step < warmupSteps) {
                return warm(start, peak, step, warmupSteps);
            }
            if (step >= totalSteps) {
                return end;
            }
            double done = (double) (step - warmupSteps) / (totalSteps - warmupSteps);
            return end + (peak - end) * (1 + Math.cos(Math.PI * done)) / 2;
        }
    }

    /**
     * Linear from {@code start} to {@code peak}, then {@code peak} times {@code factor} for every milestone reached.
     *
     * @param milestones steps at which the rate drops, ascending
     */
    record Steps(double peak, double start, long warmupSteps, List<Long> milestones, double factor)
            implements Schedule {
        /** Checks the ranges and copies the list. */
        public Steps {
            milestones = List.copyOf(milestones);
            Check.notNegative("Schedule: the peak rate", peak);
            Check.notNegative("Schedule: the first rate", start);
            Check.atLeast(0, "Schedule: warm-up steps", warmupSteps);
            Check.positive("Schedule: factor", factor);
            for (int i = 0; i < milestones.size(); i++) {
                Check.atLeast(i == 0 ? 0 : milestones.get(i - 1) + 1, "Schedule: milestone " + i, milestones.get(i));
            }
        }

        @Override
        public double rate(long step) {
            if (step < warmupSteps) {
                return warm(start, peak, step, warmupSteps);
            }
            long reached = milestones.stream().filter(m -> m <= step).count();
            return peak * Math.pow(factor, reached);
        }
    }

    private static double warm(double start, double peak, long step, long steps) {
        return start + (peak - start) * step / steps;
    }

    /** Constant rate. */
    static Schedule constant(double rate) {
        return new Constant(rate);
    }

    /** Linear from 0 to the peak, then a cosine to 0. */
    static Schedule cosine(double peak, long warmupSteps, long totalSteps) {
        return new Cosine(peak, 0, 0, warmupSteps, totalSteps);
    }
}
