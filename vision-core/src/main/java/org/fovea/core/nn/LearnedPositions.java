package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * A learned vector for each position, added to the token there. For the patches of an image, whose grid may change, see
 * {@link PositionEmbedding}.
 *
 * @param count maximum number of positions
 * @see <a href="https://arxiv.org/abs/1705.03122">Gehring et al. 2017, section 3.1</a>
 */
public record LearnedPositions(int count) {
    /** Checks the size. */
    public LearnedPositions {
        Check.positive("LearnedPositions: count", count);
    }

    /**
     * Adds the positions and the weight {@code positions} [1, count, width].
     *
     * @param tokens {@code [B, N, width]}
     * @param first position of the first token
     * @throws IllegalArgumentException when there are more tokens than positions
     */
    public Value build(Scope scope, Value tokens, int first) {
        int end = first + tokens.shape().dim(1);
        if (first < 0 || end > count) {
            throw new IllegalArgumentException("LearnedPositions: tokens must lie in the " + count
                    + " positions, got positions " + first + " to " + (end - 1));
        }
        Value all = scope.parameter("positions", 1, count, tokens.shape().dim(2));
        return tokens.add(first == 0 && end == count ? all : all.slice(1, first, end));
    }
}
