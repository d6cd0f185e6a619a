package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * An encoder whose tokens are brought to another width by dropout, a linear map and a layer norm, which learn where the encoder
 * itself may not. Weights are the encoder's below {@code encoder}, {@code projection.weight} [width, W], {@code .bias} and {@code
 * norm.*}.
 *
 * @param width channels of a token after the projection
 */
public record ProjectedEncoder(VisionEncoder encoder, int width) implements WrappedEncoder {
    /** Scope of the wrapped encoder's weights. */
    public static final String ENCODER = "encoder";

    private static final double EPSILON = 1e-5;

    /** Checks the width. */
    public ProjectedEncoder {
        Check.positive("ProjectedEncoder: width", width);
    }

    @Override
    public String describe() {
        return encoder.describe() + ", brought to " + width + " channels";
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        Tokens tokens = encoder.build(scope.child(ENCODER), pixels);
        Value narrow = new LinearLayer(width, true)
                .build(scope.child("projection").enter(), scope.dropout(tokens.values())); // [B, N, width]
        return tokens.with(new LayerNormLayer(EPSILON).build(scope.child("norm").enter(), narrow));
    }
}
