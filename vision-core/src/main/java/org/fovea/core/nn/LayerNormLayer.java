package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * Layer normalization of the last axis.
 *
 * @param epsilon number added to the variance; checkpoints define theirs
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
 */
public record LayerNormLayer(double epsilon) {
    /** Adds the operation and its weights {@code scale} and {@code shift}, one number per channel each. */
    public Value build(Scope scope, Value x) {
        int channels = x.shape().dim(-1);
        return x.layerNorm(scope.parameter("scale", channels), scope.parameter("shift", channels), epsilon);
    }
}
