package org.fovea.core.train;

import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.DropoutContext;

/**
 * A classifier as the trainer sees it: a graph per batch size with input {@link #PIXELS} and output {@link #LOGITS}, and
 * the values its weights start from.
 */
public interface TrainableModel {
    /** The input: {@code [B, C, H, W]}, float32, normalised. */
    String PIXELS = "pixel_values";
    /** The output: {@code [B, K]}. */
    String LOGITS = "logits";
    /** An index input {@code [1]} that a training graph may have; each step supplies another number for dropout. */
    String DROPOUT_SEED = DropoutContext.SEED;

    /** What a graph is for. */
    enum Mode {
        /** With dropout and batch statistics; parameters that the graph itself updates are left to it. */
        TRAINING,
        /** The same weights under the same names, giving the model's answers. */
        EVALUATION
    }

    /** A new graph for a batch of images; both modes ask for the same parameters or fewer. */
    Graph graph(int batch, Mode mode);

    /** The values training starts from: fresh ones, or those of a checkpoint. */
    WeightSource initialParameters();
}
