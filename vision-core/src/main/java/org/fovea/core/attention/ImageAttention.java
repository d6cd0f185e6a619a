package org.fovea.core.attention;

import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/** Attention within an image's features, to channels, to places or to both, that can stand between any two convolutions. */
@FunctionalInterface
public interface ImageAttention {
    /**
     * Adds the mechanism and its weights.
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}
     */
    AttentionOutput build(Scope scope, Value x);

    /** Initial values of weights with special ones, by full name. */
    default Map<String, Tensor> initial(Scope scope) {
        return Map.of();
    }
}
