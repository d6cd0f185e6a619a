package org.fovea.core.nn;

/** Purpose of a graph; blocks read it from their {@link Scope}. */
public enum Mode {
    /** Training: dropout and batch statistics; the graph defines the updates of running averages. */
    TRAINING,
    /** Evaluation with the learned weights under the same names, without randomness. */
    EVALUATION,
    /** Like {@link #EVALUATION}, but a model may use weights derived in advance, so that nothing is computed twice. */
    INFERENCE
}
