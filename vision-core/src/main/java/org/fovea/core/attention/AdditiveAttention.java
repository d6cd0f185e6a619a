package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Additive attention: e_ij = vᵀtanh(W s_i + U h_j + b), α = softmax over j, context c_i = Σ_j α_ij h_j.
 *
 * <p>Its weights are {@code query.weight} [hidden, C] (W), {@code keys.weight} [hidden, E] (U), {@code keys.bias} (b) and {@code
 * score.weight} [1, hidden] (v).
 *
 * <p>Departure from the paper: the bias b, which it leaves out of its formulas.
 *
 * @param hidden number of units of the alignment model
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015, section 3.1 and appendix A.1.2</a>
 */
public record AdditiveAttention(int hidden) implements SequenceAttention {
    /** Checks the size. */
    public AdditiveAttention {
        Check.positive("AdditiveAttention: hidden", hidden);
    }

    @Override
    public Value project(Scope scope, Value memory) {
        return new LinearLayer(hidden, true).build(scope.child("keys"), memory); // [B, M, hidden]
    }

    @Override
    public AttentionOutput attend(Scope scope, Value queries, Value projected, Value memory, Value... biases) {
        Checks.sequences("AdditiveAttention", queries, projected);
        Checks.sequences("AdditiveAttention", queries, memory);
        return SequenceOps.of(scores(scope, queries, projected), memory, biases);
    }

    /** Scores vᵀtanh(W s_i + p_j) for every pair: {@code [B, N, M]}. */
    Value scores(Scope scope, Value queries, Value projected) {
        int batch = queries.shape().dim(0);
        int rows = queries.shape().dim(1);
        int keys = projected.shape().dim(1);
        Value q = new LinearLayer(hidden, false).build(scope.child("query"), queries);
        Value units = q.reshape(batch, rows, 1, hidden)
                .add(projected.reshape(batch, 1, keys, hidden))
                .tanh(); // [B, N, M, hidden]
        return new LinearLayer(1, false).build(scope.child("score"), units).reshape(batch, rows, keys);
    }
}
