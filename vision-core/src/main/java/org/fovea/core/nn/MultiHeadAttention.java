package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Attention in several heads from one sequence to another: head_i = attention(X W_iᑫ, M W_iᵏ, M W_iᵛ), the heads side by side
 * through an output map. Where both are the same sequence {@link MultiHeadSelfAttention} does it with one product less each.
 *
 * @param heads number of heads; divides the width of the queries
 * @param bias whether the maps to q, k and v have biases; the output map has one
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.2.2</a>
 */
public record MultiHeadAttention(int heads, boolean bias) implements CrossAttention {
    /** Checks the size. */
    public MultiHeadAttention {
        Check.positive("MultiHeadAttention: heads", heads);
    }

    /**
     * Adds the block and its weights {@code query}, {@code key}, {@code value} and {@code output}.
     *
     * @param queries {@code [B, N, width]}
     * @param memory {@code [B, M, E]}, tokens to attend to
     * @param biases masks or other biases, added to the scores; each broadcasts to {@code [B, heads, N, M]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, M]}
     * @throws IllegalArgumentException when heads do not divide the width or the shapes do not fit
     */
    @Override
    public AttentionOutput build(Scope scope, Value queries, Value memory, Value... biases) {
        LinearLayer map = new LinearLayer(queries.shape().dim(-1), bias);
        Value q = Heads.split(map.build(scope.child("query"), queries), heads); // [B, heads, N, D]
        Value k = Heads.split(map.build(scope.child("key"), memory), heads); // [B, heads, M, D]
        Value v = Heads.split(map.build(scope.child("value"), memory), heads);
        return attend(scope, q, k, v, biases);
    }

    /** Adds attention and the output map, given q, k and v {@code [B, heads, N or M, D]}. */
    static AttentionOutput attend(Scope scope, Value q, Value k, Value v, Value... biases) {
        AttentionOutput read =
                ScaledDotProduct.ofHeadWidth(q.shape().dim(3)).build(scope, q, k, v, biases); // [B, heads, N, D]
        Value joined = Heads.join(read.values()); // [B, N, width]
        return read.withValues(new LinearLayer(joined.shape().dim(2), true).build(scope.child("output"), joined));
    }
}
