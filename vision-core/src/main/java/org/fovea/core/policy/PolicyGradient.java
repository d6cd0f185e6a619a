package org.fovea.core.policy;

import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * REINFORCE: a loss whose gradient is, in the mean, that of -E[Σ_t r_t]: the mean over episodes of Σ_t -(R_t - b_t)·log
 * π(a_t) - entropy·H_t, where no derivative flows through R and b. The baseline b leaves the mean as it is and makes the variance
 * smaller; the entropies H keep choices open.
 *
 * <p>Log-probabilities come from {@link org.fovea.core.policy.CategoricalPolicy} and {@link org.fovea.core.policy.GaussianPolicy}. What a
 * reward owes to weights directly, not through choices, is a loss of its own.
 *
 * @param entropyBonus weight of the entropies, at least 0
 * @see <a href="https://doi.org/10.1007/BF00992696">Williams 1992, theorem 1</a>
 */
public record PolicyGradient(double entropyBonus) {
    /** Checks the range. */
    public PolicyGradient {
        Check.notNegative("PolicyGradient: entropyBonus", entropyBonus);
    }

    /** Baseline that the return is compared with; see its factories. */
    public sealed interface Baseline {
        /** No baseline. */
        static Baseline none() {
            return new None();
        }

        /**
         * Learned prediction as the baseline; adds {@code weight}·mean over episodes of Σ_t (R_t - b_t)² to the loss. If b is
         * computed from a state that other losses train, detach that state.
         *
         * @param predictions {@code [B, T]}
         */
        static Baseline learned(Value predictions, double weight) {
            return new Learned(predictions, weight);
        }

        /**
         * Moving average of the returns as the baseline, b ← {@code decay}·b + (1 - {@code decay})·mean R, in a weight {@code
         * baseline} [1, 1] of the scope that every step updates.
         *
         * @param decay in [0, 1); 0.9 in Xu et al. 2015
         * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, section 4.1</a>
         */
        static Baseline movingAverage(Scope scope, double decay) {
            return new MovingAverage(scope, decay);
        }
    }

    private record None() implements Baseline {}

    private record Learned(Value predictions, double weight) implements Baseline {
        Learned {
            Check.notNegative("PolicyGradient: the weight of a learned baseline", weight);
        }
    }

    private record MovingAverage(Scope scope, double decay) implements Baseline {
        MovingAverage {
            Check.share("PolicyGradient: the decay of the baseline", decay);
        }
    }

    /**
     * Adds the loss without entropy bonus.
     *
     * @param logProbabilities {@code [B, T]}, log-probabilities of the choices
     * @param returns {@code [B, T]}, or {@code [B, 1]} if all choices of an episode share its return
     * @return a scalar {@code []}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value loss(Value logProbabilities, Value returns, Baseline baseline) {
        return loss(logProbabilities, returns, baseline, Optional.empty());
    }

    /**
     * Adds the loss.
     *
     * @param logProbabilities {@code [B, T]}, log-probabilities of the choices; 0 where an episode has ended
     * @param entropies {@code [B, T]}, entropies of the distributions
     * @param returns {@code [B, T]}, or {@code [B, 1]} if all choices of an episode share its return
     * @return a scalar {@code []}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value loss(Value logProbabilities, Value entropies, Value returns, Baseline baseline) {
        check("the entropies", entropies, logProbabilities);
        return loss(logProbabilities, returns, baseline, Optional.of(entropies));
    }

    private Value loss(Value logProbabilities, Value returns, Baseline baseline, Optional<Value> entropies) {
        if (logProbabilities.shape().rank() != 2
                || returns.shape().rank() != 2
                || returns.shape().dim(0) != logProbabilities.shape().dim(0)
                || (returns.shape().dim(1) != 1
                        && returns.shape().dim(1) != logProbabilities.shape().dim(1))) {
            throw new IllegalArgumentException(
                    "PolicyGradient: log-probabilities must be [B, T] and returns [B, T] or [B, 1], got "
                            + logProbabilities.shape() + " and " + returns.shape());
        }
        Value reward = returns.detach();
        Value advantage = reward;
        Value loss = logProbabilities.graph().fill(0);
        if (baseline instanceof Learned learned) {
            check("the predictions", learned.predictions, logProbabilities);
            advantage = reward.subtract(learned.predictions.detach()); // [B, T]
            Value error = reward.subtract(learned.predictions).unary(UnaryKind.SQUARE);
            loss = perEpisode(error).affine(learned.weight, 0);
        } else if (baseline instanceof MovingAverage average) {
            Value before = average.scope.parameter("baseline", 1, 1);
            Value now = reward.mean(true, 0, 1); // [1, 1]
            reward.graph().update(before, before.affine(average.decay, 0).add(now.affine(1 - average.decay, 0)));
            advantage = reward.subtract(before.detach());
        }
        loss = loss.subtract(perEpisode(advantage.multiply(logProbabilities)));
        return entropies
                .map(all -> perEpisode(all).affine(-entropyBonus, 0))
                .map(loss::add)
                .orElse(loss);
    }

    /** Mean over the batch of sums over steps. */
    private static Value perEpisode(Value each) {
        return each.sum(false, 1).mean(false, 0);
    }

    private static void check(String what, Value value, Value logProbabilities) {
        if (!value.shape().equals(logProbabilities.shape())) {
            throw new IllegalArgumentException("PolicyGradient: " + what + " must have the log-probabilities' shape "
                    + logProbabilities.shape() + ", got " + value.shape());
        }
    }

    /**
     * Returns of each step: R_t = Σ_{u ≥ t} discount^(u-t)·r_u.
     *
     * @param rewards {@code [B, T]}
     * @param discount in [0, 1]
     * @return {@code [B, T]}
     * @throws IllegalArgumentException when the discount is out of range
     */
    public static Value returns(Value rewards, double discount) {
        if (!(discount >= 0 && discount <= 1)) {
            throw new IllegalArgumentException("PolicyGradient: the discount must lie in [0, 1], got " + discount);
        }
        int steps = rewards.shape().dim(1);
        float[] shares = new float[steps * steps];
        for (int t = 0; t < steps; t++) {
            for (int u = t; u < steps; u++) {
                shares[u * steps + t] = (float) Math.pow(discount, u - t);
            }
        }
        return rewards.matmul(rewards.graph().constant(Tensor.of(shares, steps, steps)));
    }
}
