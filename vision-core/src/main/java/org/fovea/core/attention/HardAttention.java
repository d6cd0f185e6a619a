package org.fovea.core.attention;

import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.CategoricalPolicy;

/**
 * Hard attention: scores as in {@link AdditiveAttention}, α = softmax, one place s ~ α is looked at: z = a_s.
 *
 * <p>The derivative of the mean loss by what makes α is estimated from samples: add {@code PolicyGradient} of {@code
 * logProbabilities}, with the negative loss of an example as its return, to the loss itself. The random numbers are data; see {@link
 * CategoricalPolicy}.
 *
 * <p>The paper takes α's mean instead of a sample for half of the images: that is {@code soft}, and what is chosen then has the
 * log-probability 0. Its weights are those of {@link AdditiveAttention}.
 *
 * @param hidden units of the alignment model
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, section 4.1</a>
 */
public record HardAttention(int hidden) {
    /** Checks the size. */
    public HardAttention {
        new AdditiveAttention(hidden);
    }

    /**
     * Results of the block.
     *
     * @param values {@code [B, N, E]}, context that was attended to
     * @param choices {@code [B, N, M]}, 1 for the chosen position; α where the mean was used
     * @param weights {@code [B, N, M]}, α
     * @param logProbabilities {@code [B, N]}, log α of the chosen position
     * @param entropies {@code [B, N]}, entropies of α
     */
    public record Result(Value values, Value choices, Value weights, Value logProbabilities, Value entropies) {}

    /**
     * Adds the block, with a choice for every query.
     *
     * @param queries {@code [B, N, C]}
     * @param memory {@code [B, M, E]}, features of the positions
     * @param gumbel Gumbel noise {@code [B, N, M]}; zeros choose the most likely position
     * @param biases masks; each broadcasts to {@code [B, N, M]}. A query whose positions are all hidden gets zeros
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Result build(Scope scope, Value queries, Value memory, Value gumbel, Value... biases) {
        return mixed(scope, queries, memory, gumbel, queries.graph().fill(0, 1, 1, 1), biases);
    }

    /**
     * Adds the block, with the mean under α instead of a choice for some images.
     *
     * @param soft {@code [B, 1, 1]}, 1 for the images that take the mean, else 0
     */
    public Result mixed(Scope scope, Value queries, Value memory, Value gumbel, Value soft, Value... biases) {
        Checks.sequences("HardAttention", queries, memory);
        Value projected = new AdditiveAttention(hidden).project(scope, memory);
        return attend(scope, queries, projected, memory, gumbel, soft, biases);
    }

    /**
     * Adds the block without {@link AdditiveAttention#project}, for decoding step by step.
     *
     * @param projected {@code [B, M, hidden]}, result of {@link AdditiveAttention#project} in the same scope
     * @param soft {@code [B, 1, 1]} as in {@link #mixed}, or {@code [1, 1, 1]}
     */
    public Result attend(
            Scope scope, Value queries, Value projected, Value memory, Value gumbel, Value soft, Value... biases) {
        Value scores = new AdditiveAttention(hidden).scores(scope, queries, projected);
        for (Value bias : biases) {
            scores = scores.add(bias);
        }
        Value weights = scores.softmax(-1); // [B, N, M]
        CategoricalPolicy policy = new CategoricalPolicy(scores);
        Value seen = weights.unary(UnaryKind.SIGN).detach(); // 0 for hidden positions
        Value choice = policy.sample(gumbel).multiply(seen);
        Value choices = soft.select(weights, choice);
        Value hard = soft.affine(-1, 1).reshape(soft.shape().dim(0), 1); // [B or 1, 1]
        Value log = policy.logProbability(choice).multiply(hard);
        return new Result(choices.matmul(memory), choices, weights, log, policy.entropy());
    }
}
