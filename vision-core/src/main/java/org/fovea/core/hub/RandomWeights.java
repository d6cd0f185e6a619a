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
     * Creates random weights for a model.
     *
     * @param shapes shapes of the weights by name
     * @param seed seed, from which each weight's values follow together with its name
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
