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
 * @param trains true where it changes at all; one that does not gets no gradient, which also saves its time
 * @param decays true where weight decay applies, given that it has two axes or more
 * @param rateScale factor of the learning rate
 */
public record ParameterPolicy(Predicate<String> trains, Predicate<String> decays, ToDoubleFunction<String> rateScale) {
    /** Learned vectors with several axes that are no weights of a map: decay would pull them to 0 for nothing. */
    private static final Set<String> TOKENS =
            Set.of("class_token", "distillation_token", "registers", "positions", "position_embedding", "mask_token");

    /** All parameters train at one rate; norms, biases, tokens and positions do not decay. */
    public static ParameterPolicy standard() {
        return new ParameterPolicy(name -> true, name -> !TOKENS.contains(last(name)), name -> 1);
    }

    /** This policy with only the given parameters training: a linear probe trains {@code name -> name.startsWith("head.")}. */
    public ParameterPolicy training(Predicate<String> names) {
        return new ParameterPolicy(trains.and(names), decays, rateScale);
    }

    /** This policy with factors of the learning rate, for decay from layer to layer; multiplied with those there are. */
    public ParameterPolicy scaled(ToDoubleFunction<String> factor) {
        return new ParameterPolicy(trains, decays, name -> rateScale.applyAsDouble(name) * factor.applyAsDouble(name));
    }

    /**
     * Layer-wise decay of the learning rate: a parameter of layer i gets {@code factor}^(depth - i).
     *
     * @param depth number of layers
     * @param layer of a parameter, from 0; -1 before the layers, {@code depth} after them
     * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2022, appendix</a>
     */
    public ParameterPolicy layerDecay(double factor, int depth, ToIntFunction<String> layer) {
        Check.positive("ParameterPolicy: the factor from layer to layer", factor);
        return scaled(name -> Math.pow(factor, depth - layer.applyAsInt(name)));
    }

    /** The decay of one parameter under this policy. */
    double decay(String name, Shape shape, double decay) {
        return shape.rank() >= 2 && decays.test(name) ? decay : 0;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
