package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * A vector for each word of a vocabulary.
 *
 * @param vocabulary number of words in the vocabulary
 * @param width width of the embeddings
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.4</a>
 */
public record TokenEmbedding(int vocabulary, int width) {
    /** Checks the sizes. */
    public TokenEmbedding {
        Check.positive("TokenEmbedding: vocabulary", vocabulary);
        Check.positive("TokenEmbedding: width", width);
    }

    /**
     * Looks up words; adds the weight {@code table} [vocabulary, width].
     *
     * @param ids indices of any shape, each in [0, vocabulary)
     * @return embeddings along a new last axis
     */
    public Value build(Scope scope, Value ids) {
        return table(scope).gather(0, ids);
    }

    /** Embeddings of {@link #build} times √width, plus {@link SinusoidalPositions}: the input of a Transformer. */
    public Value positioned(Scope scope, Value ids) {
        Value words = build(scope, ids).affine(Math.sqrt(width), 0); // [B, T, width]
        return words.add(new SinusoidalPositions(ids.shape().dim(1), width).build(ids.graph()));
    }

    /**
     * Scores of each word by the same table: x·tableᵀ.
     *
     * @param x {@code [..., width]}
     * @return {@code [..., vocabulary]}
     */
    public Value scores(Scope scope, Value x) {
        return x.linear(table(scope));
    }

    /** Weight of the table, which all uses share. */
    private Value table(Scope scope) {
        return scope.shared().parameter("table", vocabulary, width);
    }
}
