package org.fovea.core.nn;

import java.util.List;
import java.util.Optional;
import org.fovea.core.graph.Attention;
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
        return build(scope, x, queries, Drops.none(), 0);
    }

    /**
     * Adds the block for training.
     *
     * @param rate share of attention weights dropped; above 0 all weights of a batch are held at once
     */
    public Result build(Scope scope, Value x, int queries, Drops drops, double rate) {
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
        List<Value> attended = rate > 0 ? dropped(parts, drops, rate) : whole(parts); // [B, heads, queries, D]
        Value joined = attended.get(0).permute(0, 2, 1, 3).reshape(batch, queries, width); // [B, queries, width]
        Value y = new LinearLayer(width, true).build(scope.child("output"), joined);
        return new Result(y, keepWeights ? Optional.of(attended.get(1)) : Optional.empty());
    }

    private List<Value> whole(Value[] qkv) {
        Attention op = new Attention(scale(qkv), false, keepWeights);
        return qkv[0].graph().add(op, List.of(qkv)).outputs();
    }

    private static List<Value> dropped(Value[] qkv, Drops drops, double rate) {
        Value scores = qkv[0].matmul(qkv[1], false, true).affine(scale(qkv), 0); // [B, heads, N, N]
        Value weights = scores.softmax(3);
        return List.of(drops.elements(weights, rate).matmul(qkv[2]), weights);
    }

    private static double scale(Value[] qkv) {
        return 1 / Math.sqrt(qkv[0].shape().dim(3));
    }
}
