package org.fovea.core.attention;

import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Dual attention (DANet): y = x + γ_p·P(x) + γ_c·C(x). Places: P = softmax(Q·Kᵀ)·V over the H·W places, not scaled. Channels:
 * C = softmax(max(E) - E)·X with E = X·Xᵀ over the places, max of each row; which is softmax(-E)·X, attention with scale -1.
 *
 * <p>Departures from the paper: x is added once, not once a branch, and the convolutions around the branches belong to the net
 * that uses the block. γ_p and γ_c are to start at 0. E is the one of the authors' code, where less alike channels
 * attend more; the paper's equation 3 has no minus.
 *
 * @param reduction Q and K have C/reduction channels; 8 in the paper
 * @see <a href="https://arxiv.org/abs/1809.02983">Fu et al. 2019, section 3</a>
 */
public record DualAttention(int reduction) implements ImageAttention {
    /** Checks the size. */
    public DualAttention {
        Check.positive("DualAttention: reduction", reduction);
    }

    /**
     * Adds the mechanism and its weights {@code query}, {@code key}, {@code value}, {@code places.scale} [1] and {@code
     * channels.scale} [1].
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}, weights {@code channels} {@code [B, 1, C, C]} and {@code places} {@code [B, 1, H·W,
     *     H·W]}
     * @throws IllegalArgumentException when x does not have four axes or has fewer channels than the reduction
     */
    @Override
    public AttentionOutput build(Scope scope, Value x) {
        LinearLayer narrow = new LinearLayer(SqueezeExcitation.hidden("DualAttention", x, reduction), true);
        int batch = x.shape().dim(0);
        int channels = x.shape().dim(1);
        int count = x.shape().dim(2) * x.shape().dim(3);
        Value tokens = Images.tokens(x).reshape(batch, 1, count, channels);
        AttentionOutput places = new ScaledDotProduct(1)
                .build(
                        scope,
                        narrow.build(scope.child("query"), tokens),
                        narrow.build(scope.child("key"), tokens),
                        new LinearLayer(channels, true).build(scope.child("value"), tokens)); // [B, 1, H·W, C]
        Value rows = x.reshape(batch, 1, channels, count);
        AttentionOutput mixed = new ScaledDotProduct(-1).build(scope, rows, rows, rows); // [B, 1, C, H·W]
        Value fromPlaces = Images.ofTokens(places.values().reshape(batch, count, channels), x)
                .multiply(scope.parameter("places.scale", 1));
        Value fromChannels = mixed.values().reshape(x.shape().toArray()).multiply(scope.parameter("channels.scale", 1));
        return AttentionOutput.of(x.add(fromPlaces).add(fromChannels))
                .with("channels", mixed)
                .with("places", places);
    }

    /** Initial values of both factors, 0: at first the image passes unchanged. */
    @Override
    public Map<String, Tensor> initial(Scope scope) {
        Tensor zero = Tensor.zeros(DType.F32, Shape.of(1));
        return Map.of(scope.name("places.scale"), zero, scope.name("channels.scale"), zero);
    }
}
