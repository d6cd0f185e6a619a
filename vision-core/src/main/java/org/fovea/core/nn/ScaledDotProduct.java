package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Value;

/**
 * Scaled dot-product attention, the one path under every mechanism that scores by dot products: y = softmax(scale·q·kᵀ +
 * Σ biases)·v.
 *
 * <p>Masks are data: a bias of 0 for a key to see and -∞ for a key to hide; see {@link Masks}. A query with every key
 * hidden reads zeros. Learned biases, such as those of relative positions, are added the same way and get their derivative.
 *
 * @param scale of the scores; {@link #ofHeadWidth} gives the paper's
 * @param keepWeights whether the weights are a result too; costs the memory of {@code [B, heads, N, M]}
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, equation 1</a>
 */
public record ScaledDotProduct(double scale, boolean keepWeights) {
    /** The paper's scale, 1/√D. */
    public static ScaledDotProduct ofHeadWidth(int headWidth, boolean keepWeights) {
        Sizes.positive("ScaledDotProduct: headWidth", headWidth);
        return new ScaledDotProduct(1 / Math.sqrt(headWidth), keepWeights);
    }

    /**
     * Adds the operation.
     *
     * @param q {@code [B, heads, N, D]}
     * @param k {@code [B, heads, M, D]}
     * @param v {@code [B, heads, M, E]}
     * @param biases each broadcasts to {@code [B, heads, N, M]}
     * @return values {@code [B, heads, N, E]}, weights {@code [B, heads, N, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Attended build(Value q, Value k, Value v, Value... biases) {
        List<Value> operands = new ArrayList<>(List.of(q, k, v));
        sum(biases).ifPresent(operands::add);
        List<Value> outputs = q.graph()
                .add(new Attention(scale, biases.length > 0, keepWeights), operands)
                .outputs();
        return new Attended(outputs.get(0), keepWeights ? Optional.of(outputs.get(1)) : Optional.empty());
    }

    /**
     * Adds the operation for training.
     *
     * @param rate share of weights dropped; above 0 all weights of a batch are held at once. The weights kept are those
     *     before the drop
     */
    public Attended build(Value q, Value k, Value v, Drops drops, double rate, Value... biases) {
        if (rate == 0) {
            return build(q, k, v, biases);
        }
        Value scores = q.matmul(k, false, true).affine(scale, 0); // [B, heads, N, M]
        Value weights = sum(biases).map(scores::add).orElse(scores).softmax(3);
        return new Attended(
                drops.elements(weights, rate).matmul(v), keepWeights ? Optional.of(weights) : Optional.empty());
    }

    private static Optional<Value> sum(Value... biases) {
        return List.of(biases).stream().reduce(Value::add);
    }
}
