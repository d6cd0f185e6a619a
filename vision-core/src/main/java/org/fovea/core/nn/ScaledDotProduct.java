package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Value;

/**
 * Scaled dot-product attention, the one path under every mechanism that scores by dot products: y = softmax(scale·q·kᵀ +
 * Σ biases)·v.
 *
 * <p>Masks are data: a bias of 0 for a key to see and -∞ for a key to hide; see {@link Masks}. A query with every key
 * hidden reads zeros. Learned biases, such as those of relative positions, are added the same way and get their derivative.
 *
 * @param scale factor of the scores; {@link #ofHeadWidth} gives that of the paper
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, equation 1</a>
 */
public record ScaledDotProduct(double scale) {
    /** Creates the operation with the paper's scale, 1/√D. */
    public static ScaledDotProduct ofHeadWidth(int headWidth) {
        Check.positive("ScaledDotProduct: headWidth", headWidth);
        return new ScaledDotProduct(1 / Math.sqrt(headWidth));
    }

    /**
     * Adds the operation. In training with dropout of attention weights, all weights of a batch are held in memory, and the
     * weights of the result are those before dropout.
     *
     * @param q {@code [B, heads, N, D]}
     * @param k {@code [B, heads, M, D]}
     * @param v {@code [B, heads, M, E]}
     * @param biases each broadcasts to {@code [B, heads, N, M]}
     * @return values {@code [B, heads, N, E]}, weights {@code [B, heads, N, M]}, which need that memory if they are used
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value q, Value k, Value v, Value... biases) {
        Optional<Value> bias = List.of(biases).stream().reduce(Value::add);
        if (scope.dropsAttention()) {
            Value scores = q.matmul(k, false, true).affine(scale, 0); // [B, heads, N, M]
            Value weights = bias.map(scores::add).orElse(scores).softmax(3);
            return AttentionOutput.of(scope.attentionDropout(weights).matmul(v), () -> weights);
        }
        List<Value> operands = new ArrayList<>(List.of(q, k, v));
        bias.ifPresent(operands::add);
        List<Value> outputs =
                q.graph().add(new Attention(scale, bias.isPresent()), operands).outputs();
        return AttentionOutput.of(outputs.get(0), () -> outputs.get(1));
    }
}
