package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;

/**
 * Two linear maps with a depthwise 3x3 convolution over the grid of tokens and an activation between: W₂·f(conv(W₁·x)). The
 * zeros around the grid tell tokens where they are, which takes the place of a position embedding.
 *
 * @param hidden channels between the maps
 * @param rows of the grid of tokens
 * @param columns of the grid of tokens
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, equation 3</a>
 */
public record MixFeedForward(int hidden, Activation activation, int rows, int columns) implements FeedForward {
    private static final int KERNEL = 3;

    /** Checks the sizes. */
    public MixFeedForward {
        Check.positive("MixFeedForward: hidden", hidden);
        Check.positive("MixFeedForward: rows", rows);
        Check.positive("MixFeedForward: columns", columns);
    }

    /**
     * Adds the block and its weights {@code in}, {@code depthwise} ({@code weight} [hidden, 1, 3, 3], {@code bias}) and {@code
     * out}.
     *
     * @param x {@code [B, rows·columns, width]}
     */
    @Override
    public Value build(Scope scope, Value x) {
        int width = x.shape().dim(2);
        Value h = new LinearLayer(hidden, true).build(scope.child("in"), x); // [B, N, hidden]
        ConvLayer depthwise =
                new ConvLayer(hidden, KERNEL, ConvWindow.of(1, KERNEL / 2).grouped(hidden), true);
        Value mixed = activation.build(depthwise.build(scope.child("depthwise"), Grids.image(h, rows, columns)));
        return new LinearLayer(width, true).build(scope.child("out"), Grids.tokens(mixed)); // [B, N, width]
    }
}
