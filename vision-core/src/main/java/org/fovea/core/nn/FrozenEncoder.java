package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * An encoder that a training uses as it is: without dropout, its batch normalization by the running averages. Its weights have
 * their own names; a {@link org.fovea.core.train.ParameterPolicy} says that they do not train.
 */
public record FrozenEncoder(VisionEncoder encoder) implements VisionEncoder {
    @Override
    public int imageHeight() {
        return encoder.imageHeight();
    }

    @Override
    public int imageWidth() {
        return encoder.imageWidth();
    }

    @Override
    public int channels() {
        return encoder.channels();
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        return encoder.build(scope.frozen(), pixels);
    }
}
