package org.fovea.core.nn;

/** Purpose of a graph; blocks read it from their {@link Scope}. */
public enum Mode {
    /** Learning: dropout and statistics of the batch; parameters that the graph itself updates are left to it. */
    TRAINING,
    /** The learned weights under the same names, nothing random: the model's answers. */
    EVALUATION,
    /** As {@link #EVALUATION}, but a model may ask for weights that were prepared, so that nothing is computed twice. */
    INFERENCE
}
