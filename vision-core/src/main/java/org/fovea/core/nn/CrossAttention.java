package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** Attention from one sequence to another, such as a caption's to an image's features. */
@FunctionalInterface
public interface CrossAttention {
    /**
     * Adds the mechanism and its weights.
     *
     * @param queries {@code [B, N, width]}
     * @param memory {@code [B, M, E]}, tokens to attend to
     * @param biases masks or other biases, added to the scores; each broadcasts to {@code [B, heads, N, M]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, M]}
     */
    AttentionOutput build(Scope scope, Value queries, Value memory, Value... biases);
}
