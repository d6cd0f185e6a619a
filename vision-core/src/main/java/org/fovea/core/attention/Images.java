package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/** The steps that mechanisms over images share. */
final class Images {
    private Images() {}

    /** Checks a feature map [B, C, H, W]. */
    static void check(String block, Value x) {
        if (x.shape().rank() != 4) {
            throw new IllegalArgumentException(block + ": x must be [B, C, H, W], got " + x.shape());
        }
    }

    /** Checks a grid of tokens [B, H, W, C] whose width the heads must divide. */
    static void checkGrid(String block, Value x, int heads) {
        if (x.shape().rank() != 4 || x.shape().dim(3) % heads != 0) {
            throw new IllegalArgumentException(
                    block + ": x must be [B, H, W, C] and heads must divide the width C, got " + x.shape() + " and "
                            + heads + " heads");
        }
    }

    /** Mean over all positions, {@code [B, C]}. */
    static Value average(Value x) {
        return x.mean(false, 2, 3);
    }

    /** Maximum over all positions, {@code [B, C]}. */
    static Value largest(Value x) {
        return x.max(false, 2, 3);
    }

    /** Feature map whose channels are multiplied by gates {@code [B, C]}. */
    static Value gateChannels(Value x, Value shares) {
        return x.multiply(shares.reshape(x.shape().dim(0), x.shape().dim(1), 1, 1));
    }

    /** Reshapes {@code [B, C, H, W]} to {@code [B, H·W, C]}. */
    static Value tokens(Value x) {
        return x.permute(0, 2, 3, 1)
                .reshape(
                        x.shape().dim(0),
                        x.shape().dim(2) * x.shape().dim(3),
                        x.shape().dim(1));
    }

    /** Reshapes {@code [B, H·W, C]} to {@code [B, C, H, W]} with the height and width of another image. */
    static Value ofTokens(Value tokens, Value like) {
        return tokens.reshape(
                        tokens.shape().dim(0),
                        like.shape().dim(2),
                        like.shape().dim(3),
                        tokens.shape().dim(2))
                .permute(0, 3, 1, 2);
    }
}
