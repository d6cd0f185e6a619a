package org.fovea.core.nn;

import java.util.List;
import java.util.Optional;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/**
 * Self-attention in several heads, q, k and v from one fused linear map.
 *
 * @param heads divides the width of the tokens
 * @param qkvBias whether that map has a bias
 * @param keepWeights whether the attention weights are a result too; costs the memory of {@code [B, heads, N, N]}
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.2.2</a>
 */
public record MultiHeadSelfAttention(int heads, boolean qkvBias, boolean keepWeights) {
    /** Checks the size. */
    public MultiHeadSelfAttention {
        Sizes.positive("MultiHeadSelfAttention: heads", heads);
    }

    /**
     * What the block yields.
     *
     * @param tokens {@code [B, N, width]}
     * @param weights {@code [B, heads, N, N]}, the share of each key (last axis) in each query; empty unless kept
     */
    public record Result(Value tokens, Optional<Value> weights) {}

    /**
     * Adds the block and its weights.
     *
     * @param x {@code [B, N, width]}
     * @throws IllegalArgumentException when heads do not divide the width
     */
    public Result build(Scope scope, Value x) {
        return build(scope, x, x.shape().dim(1));
    }

    /**
     * Adds the block and its weights for the first tokens alone: all tokens are attended to, only those attend.
     *
     * @param x {@code [B, N, width]}
     * @param queries how many tokens attend, from the first; the results have that many in place of N
     * @throws IllegalArgumentException when heads do not divide the width
     */
    public Result build(Scope scope, Value x, int queries) {
        int batch = x.shape().dim(0);
        int tokens = x.shape().dim(1);
        int width = x.shape().dim(2);
        if (width % heads != 0) {
            throw new IllegalArgumentException(
                    "MultiHeadSelfAttention: heads must divide the width, got " + heads + " and " + width);
        }
        int headWidth = width / heads;
        Value qkv = new LinearLayer(3 * width, qkvBias).build(scope.child("qkv"), x); // [B, N, 3·width]
        Value[] parts = new Value[3];
        for (int i = 0; i < 3; i++) {
            parts[i] = qkv.slice(2, i * width, (i + 1) * width)
                    .reshape(batch, tokens, heads, headWidth)
                    .permute(0, 2, 1, 3); // [B, heads, N, D]
        }
        if (queries < tokens) {
            parts[0] = parts[0].slice(2, 0, queries); // [B, heads, queries, D]
        }
        Attention op = new Attention(1 / Math.sqrt(headWidth), false, keepWeights);
        Node attention = x.graph().add(op, List.of(parts));
        Value joined =
                attention.outputs().get(0).permute(0, 2, 1, 3).reshape(batch, queries, width); // [B, queries, width]
        Value y = new LinearLayer(width, true).build(scope.child("output"), joined);
        return new Result(y, keepWeights ? Optional.of(attention.outputs().get(1)) : Optional.empty());
    }
}
