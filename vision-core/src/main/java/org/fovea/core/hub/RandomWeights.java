package org.fovea.core.hub;

import java.util.Map;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/** Initial values as the references draw them. */
public final class RandomWeights {
    private static final double STD = 0.02;

    private RandomWeights() {}

    /**
     * Weights of a model that has learned nothing.
     *
     * @param shapes by name
     * @param seed decides the values, with each weight's name
     */
    public static Parameters of(Map<String, Shape> shapes, long seed) {
        Parameters.Builder weights = Parameters.builder();
        shapes.forEach((name, shape) -> weights.initial(name, shape, initializer(name), seed));
        return weights.build();
    }

    private static Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift", "running_mean" -> Initializers.zeros();
            case "scale", "running_variance" -> Initializers.ones();
            default -> Initializers.truncatedNormal(STD);
        };
    }
}
