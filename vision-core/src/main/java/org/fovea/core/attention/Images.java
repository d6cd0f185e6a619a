package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/** The steps that mechanisms over images share. */
final class Images {
    private Images() {}

    /** A feature map [B, C, H, W]. */
    static void check(String block, Value x) {
        if (x.shape().rank() != 4) {
            throw new IllegalArgumentException(block + ": x must be [B, C, H, W], got " + x.shape());
        }
    }

    /** A grid of tokens [B, H, W, C] whose width can be cut into heads. */
    static void checkGrid(String block, Value x, int heads) {
        if (x.shape().rank() != 4 || x.shape().dim(3) % heads != 0) {
            throw new IllegalArgumentException(
                    block + ": x must be [B, H, W, C] and heads must divide the width C, got " + x.shape() + " and "
                            + heads + " heads");
        }
    }

    /** The mean over all places, {@code [B, C]}. */
    static Value average(Value x) {
        return x.mean(false, 2, 3);
    }

    /** The largest over all places, {@code [B, C]}. */
    static Value largest(Value x) {
        return x.max(false, 2, 3);
    }

    /** x with each channel multiplied by its share {@code [B, C]}. */
    static Value gateChannels(Value x, Value shares) {
        return x.multiply(shares.reshape(x.shape().dim(0), x.shape().dim(1), 1, 1));
    }

    /** {@code [B, C, H, W]} to {@code [B, H·W, C]}. */
    static Value tokens(Value x) {
        return x.permute(0, 2, 3, 1)
                .reshape(
                        x.shape().dim(0),
                        x.shape().dim(2) * x.shape().dim(3),
                        x.shape().dim(1));
    }

    /** {@code [B, H·W, C]} to {@code [B, C, H, W]} of another image's height and width. */
    static Value ofTokens(Value tokens, Value like) {
        return tokens.reshape(
                        tokens.shape().dim(0),
                        like.shape().dim(2),
                        like.shape().dim(3),
                        tokens.shape().dim(2))
                .permute(0, 3, 1, 2);
    }
}
