package org.fovea.core.attention;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;

/** A mechanism with which a decoder's state reads a memory, step by step: what {@link AttentionDecoder} is made with. */
public interface SequenceAttention {
    /**
     * Adds the part that does not depend on the query, which is computed once for all steps.
     *
     * @param memory {@code [B, M, E]}
     * @return {@code [B, M, hidden]}
     */
    Value project(Scope scope, Value memory);

    /**
     * Adds the part that depends on the query.
     *
     * @param queries {@code [B, N, C]}, states of a decoder
     * @param projected {@code [B, M, hidden]}, result of {@link #project} in the same scope
     * @param memory {@code [B, M, E]}, states to attend to
     * @param biases masks or other biases, added to the scores; each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    AttentionOutput attend(Scope scope, Value queries, Value projected, Value memory, Value... biases);

    /**
     * Adds both parts, for all steps at once if the states are known.
     *
     * @param queries {@code [B, N, C]}
     * @param memory {@code [B, M, E]}
     * @param biases each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    default AttentionOutput build(Scope scope, Value queries, Value memory, Value... biases) {
        Checks.sequences(getClass().getSimpleName(), queries, memory);
        return attend(scope, queries, project(scope, memory), memory, biases);
    }
}
