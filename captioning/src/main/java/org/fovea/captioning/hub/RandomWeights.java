package org.fovea.captioning.hub;

import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/** Initial values as the references draw them. */
final class RandomWeights {
    private static final double STD = 0.02;

    private RandomWeights() {}

    static Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale" -> Initializers.ones();
            default -> Initializers.truncatedNormal(STD);
        };
    }
}
