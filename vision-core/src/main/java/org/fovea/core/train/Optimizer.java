package org.fovea.core.train;

import org.fovea.core.Check;

/** The change of parameters by gradients. */
public sealed interface Optimizer {
    /** Weight decay for the parameters that {@link ParameterPolicy} selects. */
    double decay();

    /**
     * AdamW; see {@link org.fovea.core.graph.AdamW} for the formula.
     *
     * @param beta1 decay of the mean of gradients, in [0, 1)
     * @param beta2 decay of the mean of squared gradients, in [0, 1)
     * @param epsilon number added to the denominator, above 0
     * @param decay decoupled weight decay, at least 0, multiplied by the learning rate
     */
    record AdamW(double beta1, double beta2, double epsilon, double decay) implements Optimizer {
        /** Checks the ranges. */
        public AdamW {
            Check.share("AdamW: beta1", beta1);
            Check.share("AdamW: beta2", beta2);
            Check.positive("AdamW: epsilon", epsilon);
            Check.notNegative("AdamW: decay", decay);
        }
    }

    /**
     * Gradient descent with momentum; see {@link org.fovea.core.graph.MomentumSgd} for the formula.
     *
     * @param momentum momentum, in [0, 1)
     * @param nesterov whether to use Nesterov momentum
     * @param decay weight decay, at least 0, added to the gradient
     */
    record Sgd(double momentum, boolean nesterov, double decay) implements Optimizer {
        /** Checks the ranges. */
        public Sgd {
            Check.share("Sgd: momentum", momentum);
            Check.notNegative("Sgd: decay", decay);
        }
    }

    /** Creates AdamW with the usual β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
    static Optimizer adamW(double decay) {
        return new AdamW(0.9, 0.999, 1e-8, decay);
    }

    /** Creates SGD with Nesterov momentum. */
    static Optimizer sgd(double momentum, double decay) {
        return new Sgd(momentum, true, decay);
    }
}
