package org.fovea.core.attention;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Sizes;

/**
 * Additive attention: e_ij = vᵀtanh(W s_i + U h_j + b), α = softmax over j, context c_i = Σ_j α_ij h_j.
 *
 * <p>Departure from the paper: the bias b, which it leaves out "to increase readability".
 *
 * @param hidden the number of units of the alignment model
 * @param keepWeights whether α is a result too
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015, appendix A.1.2</a>
 */
public record AdditiveAttention(int hidden, boolean keepWeights) {
    /** Checks the size. */
    public AdditiveAttention {
        Sizes.positive("AdditiveAttention: hidden", hidden);
    }

    /**
     * Adds the part that does not depend on the query, U h + b, and its weights {@code keys.weight} [hidden, E], {@code
     * keys.bias}; a decoder that attends step by step adds it once.
     *
     * @param memory {@code [B, M, E]}
     * @return {@code [B, M, hidden]}
     */
    public Value project(Scope scope, Value memory) {
        return new LinearLayer(hidden, true).build(scope.child("keys"), memory);
    }

    /**
     * Adds the mechanism.
     *
     * @param queries {@code [B, N, C]}, a decoder's states
     * @param memory {@code [B, M, E]}, what is read
     * @param biases masks and the like; each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Attended build(Scope scope, Value queries, Value memory, Value... biases) {
        Checks.sequences("AdditiveAttention", queries, memory);
        return attend(scope, queries, project(scope, memory), memory, biases);
    }

    /**
     * Adds the mechanism over a memory that {@link #project} has seen, and its weights {@code query.weight} [hidden, C] and
     * {@code score.weight} [1, hidden].
     *
     * @param projected {@code [B, M, hidden]}
     */
    public Attended attend(Scope scope, Value queries, Value projected, Value memory, Value... biases) {
        Checks.sequences("AdditiveAttention", queries, projected);
        Checks.sequences("AdditiveAttention", queries, memory);
        int batch = queries.shape().dim(0);
        int rows = queries.shape().dim(1);
        int keys = memory.shape().dim(1);
        Value q = new LinearLayer(hidden, false)
                .build(scope.child("query"), queries)
                .reshape(batch, rows, 1, hidden);
        Value units = q.add(projected.reshape(batch, 1, keys, hidden)).tanh(); // [B, N, M, hidden]
        Value scores =
                new LinearLayer(1, false).build(scope.child("score"), units).reshape(batch, rows, keys);
        return Reading.of(scores, memory, keepWeights, biases);
    }
}
