package org.fovea.vit.model;

/** Results of a graph beside the logits. */
public enum Extra {
    /**
     * {@code hidden_states.i}, {@code [B, N, width]}: index 0 is the input of the first block, index i the output of block i -
     * 1, before the last norm.
     */
    HIDDEN_STATES,
    /** {@code attentions.i}, {@code [B, heads, N, N]}: the attention weights of block i; each row sums to 1. */
    ATTENTIONS,
    /** {@code last_hidden_state}, {@code [B, N, width]}: output of the last block, before the last norm. */
    LAST_HIDDEN_STATE,
    /**
     * {@code features}, {@code [B, N, width]}: all tokens after the last norm if it is applied before pooling, else the same as
     * {@link #LAST_HIDDEN_STATE}.
     */
    FEATURES
}
