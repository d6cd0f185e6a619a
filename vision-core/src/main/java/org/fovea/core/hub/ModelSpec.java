package org.fovea.core.hub;

import java.util.Map;
import org.fovea.core.tensor.Shape;

/** A model of some task as its {@code config.json} tells it, without its weights. */
public interface ModelSpec {
    /** Names of the weights. */
    NameTable names();

    /** Shapes of all weights under Fovea's names. */
    Map<String, Shape> parameterShapes();

    /** Description of the model. */
    ModelDescription describe();

    /** Returns whether the preprocessing determines the size of the images that the model processes. */
    default boolean followsPreprocessing() {
        return false;
    }

    /**
     * Copy for images of another size.
     *
     * @throws IllegalArgumentException when it does not support that size
     */
    default ModelSpec withImage(int height, int width) {
        throw new IllegalArgumentException("the image size must be the model's own, got " + height + " x " + width);
    }
}
