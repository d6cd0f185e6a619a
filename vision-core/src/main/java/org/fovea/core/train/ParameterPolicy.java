package org.fovea.core.train;

import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.fovea.core.Check;
import org.fovea.core.tensor.Shape;

/**
 * The optimizer's treatment of each parameter, by name.
 *
 * @param trains selects the parameters that are trained; for others, no gradient is computed
 * @param decays selects the parameters with weight decay, which also need at least two axes
 * @param rateScale factor of the learning rate
 */
public record ParameterPolicy(Predicate<String> trains, Predicate<String> decays, ToDoubleFunction<String> rateScale) {
    /**
     * Names of learned vectors that have several axes but are not weights of a map: weight decay would only pull them to 0.
     */
    private static final Set<String> TOKENS =
            Set.of("class_token", "distillation_token", "registers", "positions", "position_embedding", "mask_token");

    /** Trains all parameters at the same rate; norms, biases, tokens and positions do not decay. */
    public static ParameterPolicy standard() {
        return new ParameterPolicy(name -> true, name -> !TOKENS.contains(last(name)), name -> 1);
    }

    /** Copy that trains only the given parameters: a linear probe trains {@code name -> name.startsWith("head.")}. */
    public ParameterPolicy training(Predicate<String> names) {
        return new ParameterPolicy(trains.and(names), decays, rateScale);
    }

    /** Copy with further factors of the learning rate, as for layer-wise decay. */
    public ParameterPolicy scaled(ToDoubleFunction<String> factor) {
        return new ParameterPolicy(trains, decays, name -> rateScale.applyAsDouble(name) * factor.applyAsDouble(name));
    }

    /**
     * Layer-wise decay of the learning rate: a parameter of layer i gets {@code factor}^(depth - i).
     *
     * @param depth number of layers
     * @param layer layer of a parameter, from 0; -1 before the layers, {@code depth} after them
     * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2022, appendix</a>
     */
    public ParameterPolicy layerDecay(double factor, int depth, ToIntFunction<String> layer) {
        Check.positive("ParameterPolicy: the factor from layer to layer", factor);
        return scaled(name -> Math.pow(factor, depth - layer.applyAsInt(name)));
    }

    /** Decay of one parameter under this policy. */
    double decay(String name, Shape shape, double decay) {
        return shape.rank() >= 2 && decays.test(name) ? decay : 0;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
