package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * An encoder that a training uses as it is: without dropout, its batch normalization by the running averages. Its weights have
 * their own names; a {@link org.fovea.core.train.ParameterPolicy} says that they do not train.
 */
public record FrozenEncoder(VisionEncoder encoder) implements WrappedEncoder {
    @Override
    public Tokens build(Scope scope, Value pixels) {
        return encoder.build(scope.frozen(), pixels);
    }
}
