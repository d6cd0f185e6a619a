package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * An encoder that learns where to look: a {@link SpatialFront} straightens the image that it sees. Its tokens stand on the
 * straightened image. The front's weights are below {@code front}, the encoder's where they would be without it.
 *
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, section 3</a>
 */
public record StraightenedEncoder(SpatialFront front, VisionEncoder encoder) implements WrappedEncoder {
    /** Scope of the spatial transformer's weights. */
    public static final String FRONT = "front";

    @Override
    public String describe() {
        return front.label().replace('_', '-') + " spatial transformer before a " + encoder.describe();
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        return encoder.build(scope, front.build(scope.child(FRONT), pixels).image());
    }
}
