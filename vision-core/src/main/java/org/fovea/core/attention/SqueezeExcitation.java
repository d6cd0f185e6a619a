package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Squeeze and excitation: s = σ(W₂·ReLU(W₁·z)) with z the mean of each channel over all places, y = s·x.
 *
 * @param reduction reduction r: W₁ has C/r rows; 16 in the paper
 * @param bias whether both maps have biases: not in the paper's equation, but in most trained networks
 * @see <a href="https://arxiv.org/abs/1709.01507">Hu et al. 2018, equations 2 to 4</a>
 */
public record SqueezeExcitation(int reduction, boolean bias) implements ImageAttention {
    /** Checks the size. */
    public SqueezeExcitation {
        Check.positive("SqueezeExcitation: reduction", reduction);
    }

    /**
     * Adds the mechanism and its weights {@code squeeze} [C/r, C] and {@code excite} [C, C/r].
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}, weights {@code [B, C]}, 0 to 1
     * @throws IllegalArgumentException when x does not have four axes or has fewer channels than r
     */
    @Override
    public AttentionOutput build(Scope scope, Value x) {
        int hidden = hidden("SqueezeExcitation", x, reduction);
        Value squeezed = new LinearLayer(hidden, bias)
                .build(scope.child("squeeze"), Images.average(x))
                .relu(); // [B, C/r]
        Value shares = new LinearLayer(x.shape().dim(1), bias)
                .build(scope.child("excite"), squeezed)
                .sigmoid(); // [B, C]
        return AttentionOutput.of(Images.gateChannels(x, shares), () -> shares);
    }

    /** Number of hidden units, C/r. */
    static int hidden(String block, Value x, int reduction) {
        Images.check(block, x);
        int channels = x.shape().dim(1);
        if (channels < reduction) {
            throw new IllegalArgumentException(
                    block + ": there must be at least as many channels as the reduction, got " + x.shape() + " and "
                            + reduction + "; take a smaller reduction");
        }
        return channels / reduction;
    }
}
