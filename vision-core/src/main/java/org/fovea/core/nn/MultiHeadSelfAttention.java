package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Self-attention in several heads, q, k and v from one fused linear map.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param qkvBias biases of that map
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.2.2</a>
 */
public record MultiHeadSelfAttention(int heads, QkvBias qkvBias) implements SelfAttention {
    /** Checks the size. */
    public MultiHeadSelfAttention {
        Check.positive("MultiHeadSelfAttention: heads", heads);
    }

    /** Creates attention with biases for all three maps, or for none. */
    public MultiHeadSelfAttention(int heads, boolean qkvBias) {
        this(heads, qkvBias ? QkvBias.ALL : QkvBias.NONE);
    }

    /**
     * Adds the block and its weights.
     *
     * @param x {@code [B, N, width]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, N]}
     * @throws IllegalArgumentException when heads do not divide the width
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        return build(scope, x, x.shape().dim(1), biases);
    }

    @Override
    public AttentionOutput build(Scope scope, Value x, int queries, Value... biases) {
        int width = x.shape().dim(2);
        Value qkv = project(scope, x, width); // [B, N, 3·width]
        Value[] parts = new Value[3];
        for (int i = 0; i < 3; i++) {
            parts[i] = Heads.split(qkv.slice(2, i * width, (i + 1) * width), heads); // [B, heads, N, D]
        }
        if (queries < x.shape().dim(1)) {
            parts[0] = parts[0].slice(2, 0, queries); // [B, heads, queries, D]
        }
        return MultiHeadAttention.attend(scope, parts[0], parts[1], parts[2], biases);
    }

    private Value project(Scope scope, Value x, int width) {
        if (qkvBias != QkvBias.QUERIES_AND_VALUES || scope.mode() == Mode.INFERENCE) {
            return new LinearLayer(3 * width, qkvBias != QkvBias.NONE).build(scope.child("qkv"), x);
        }
        Value query = scope.child("query").parameter("bias", width);
        Value value = scope.child("value").parameter("bias", width);
        Value bias = query.concat(0, scope.graph().fill(0, width), value); // [3·width]
        return x.linear(scope.child("qkv").parameter("weight", 3 * width, width), bias);
    }
}
