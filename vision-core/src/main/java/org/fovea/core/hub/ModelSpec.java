package org.fovea.core.hub;

import java.util.Map;
import org.fovea.core.tensor.Shape;

/** A model of some task as its {@code config.json} tells it, without its weights. */
public interface ModelSpec {
    /** The names of the weights. */
    NameTable names();

    /** The shapes of all weights under our names. */
    Map<String, Shape> parameterShapes();

    /** The model described by itself. */
    ModelDescription describe();

    /** Returns whether preprocessing decides the size of the images that the model sees. */
    default boolean followsPreprocessing() {
        return false;
    }

    /**
     * This model for images of another size.
     *
     * @throws IllegalArgumentException when it does not take that size
     */
    default ModelSpec withImage(int height, int width) {
        throw new IllegalArgumentException("the image size must be the model's own, got " + height + " x " + width);
    }
}
