package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * Luong's attention: α = softmax over the places looked at of the score, context c = Σ_s α_s h_s.
 *
 * <p>Departures from the paper: concat has a bias; the window of local-p is cut at whole places (s counts where |s - p| ≤
 * reach), and no derivative flows through its edges, only through the Gaussian.
 *
 * @see <a href="https://arxiv.org/abs/1508.04025">Luong et al. 2015</a>
 */
public record LuongAttention(Score score, Alignment alignment) {
    /**
     * Adds the mechanism for queries at positions 0, 1, 2, ...
     *
     * @param queries {@code [B, N, C]}, a decoder's states
     * @param memory {@code [B, M, E]}, an encoder's states
     * @param biases masks or other biases; each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value queries, Value memory, Value... biases) {
        return build(scope, queries, memory, 0, biases);
    }

    /**
     * Adds the mechanism.
     *
     * @param first position of the first query, at which {@link Alignment.Monotonic} aligns
     */
    public AttentionOutput build(Scope scope, Value queries, Value memory, int first, Value... biases) {
        Checks.sequences("LuongAttention", queries, memory);
        List<Value> all = new ArrayList<>(List.of(biases));
        int rows = queries.shape().dim(1);
        int keys = memory.shape().dim(1);
        if (alignment instanceof Alignment.Monotonic window) {
            int reach = window.reach();
            all.add(Masks.where(scope.graph(), rows, keys, (t, s) -> Math.abs(first + t - s) <= reach ? 1 : 0));
        } else if (alignment instanceof Alignment.Predictive window) {
            return predictive(scope, queries, memory, window, all);
        }
        if (score instanceof Score.Concat) {
            return SequenceOps.of(scores(scope, queries, memory), memory, all.toArray(Value[]::new));
        }
        return SequenceOps.dotProduct(
                scope, new ScaledDotProduct(1), compared(scope, queries, memory), memory, memory, all);
    }

    /**
     * Adds the attentional state h̃ = tanh(W[c; h]) and its weight {@code combine.weight}.
     *
     * @param context {@code [B, N, E]}, result of the attention
     * @param queries {@code [B, N, C]}
     * @param width of the result {@code [B, N, width]}
     */
    public Value combine(Scope scope, Value context, Value queries, int width) {
        Value both = context.concat(2, queries); // [B, N, E + C]
        return new LinearLayer(width, false).build(scope.child("combine"), both).tanh();
    }

    /** Queries, projected so that their dot product with the memory is the score. */
    private Value compared(Scope scope, Value queries, Value memory) {
        int width = memory.shape().dim(2);
        if (score instanceof Score.General) {
            return new LinearLayer(width, false).build(scope.child("general"), queries); // [B, N, E]
        }
        if (queries.shape().dim(2) != width) {
            throw new IllegalArgumentException("LuongAttention: the dot score needs queries as wide as the memory, got "
                    + queries.shape() + " and " + memory.shape() + "; use Score.General");
        }
        return queries;
    }

    private Value scores(Scope scope, Value queries, Value memory) {
        if (score instanceof Score.Concat concat) {
            AdditiveAttention additive = new AdditiveAttention(concat.hidden());
            return additive.scores(scope, queries, additive.project(scope, memory));
        }
        return compared(scope, queries, memory).matmul(memory, false, true);
    }

    private AttentionOutput predictive(
            Scope scope, Value queries, Value memory, Alignment.Predictive window, List<Value> biases) {
        Graph graph = scope.graph();
        int keys = memory.shape().dim(1);
        Value units = new LinearLayer(window.hidden(), false)
                .build(scope.child("position"), queries)
                .tanh();
        Value center = new LinearLayer(1, false)
                .build(scope.child("position_score"), units)
                .sigmoid()
                .affine(keys, 0); // [B, N, 1]
        double[] places = new double[keys];
        Arrays.setAll(places, s -> s);
        Value apart = graph.constant(Tensor.of(places, keys)).subtract(center); // [B, N, M]
        biases.add(Masks.seen(
                apart.unary(UnaryKind.ABS).greater(graph.fill(window.reach())).affine(-1, 1)));
        double sigma = window.reach() / 2.0;
        Value bell = apart.unary(UnaryKind.SQUARE)
                .affine(-1 / (2 * sigma * sigma), 0)
                .exp();
        Value weights = SequenceOps.softmax(scores(scope, queries, memory), biases.toArray(Value[]::new));
        return SequenceOps.weighted(weights.multiply(bell), memory);
    }
}
