package org.fovea.core.weights;

import java.util.Map;
import org.fovea.core.tensor.Shape;

/** Initial values as the reference libraries draw those of Transformers: models with them are trained, or measured. */
public final class RandomWeights {
    private static final double STD = 0.02;

    private RandomWeights() {}

    /**
     * The weights of a model, drawn when they are asked for.
     *
     * @param seed of all of them
     */
    public static Parameters of(Map<String, Shape> shapes, long seed) {
        Parameters.Builder weights = Parameters.builder();
        shapes.forEach((name, shape) -> weights.initial(name, shape, initializer(name), seed));
        return weights.build();
    }

    private static Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale" -> Initializers.ones();
            default -> Initializers.truncatedNormal(STD);
        };
    }
}
