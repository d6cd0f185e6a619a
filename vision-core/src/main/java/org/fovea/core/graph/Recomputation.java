package org.fovea.core.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a forward pass that are computed again for their backward operations, so that what lies inside a part need not
 * be kept in between: less memory for more time. What one part hands to another is kept.
 *
 * @see <a href="https://arxiv.org/abs/1604.06174">Chen et al. 2016, section 4</a>
 */
@FunctionalInterface
public interface Recomputation {
    /** Name of the part that a node belongs to; empty if its results are kept. */
    Optional<String> part(Node node);

    /** No recomputation: all results are kept. */
    static Recomputation none() {
        return node -> Optional.empty();
    }

    /**
     * Recomputes the numbered parts of a model, one at a time: nodes whose scope is {@code blocks.3.attention} belong to {@code
     * blocks.3}, and nodes without a number in their scope to none. The last of several numbers counts.
     */
    static Recomputation ofNumberedParts() {
        return new Recomputation() {
            private final Pattern numbered = Pattern.compile("(?:.*\\.)?\\d+(?=\\.|$)");

            @Override
            public Optional<String> part(Node node) {
                Matcher matcher = numbered.matcher(node.scope());
                return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
            }
        };
    }
}
