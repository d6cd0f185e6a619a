package org.fovea.segmentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;

/**
 * A network that gives numbers to each place of a grid over an image: scores of classes, or whatever its {@link
 * org.fovea.segmentation.mask.ScoreDecoder} reads. An architecture is a record that implements this.
 */
public interface SegmenterModel {
    /** The input: {@code [B, channels, H, W]}, float32, normalized as in the checkpoint's preprocessor. */
    String PIXELS = "pixel_values";
    /** The output: {@code [B, outputs, rows, columns]}. */
    String LOGITS = "logits";

    /** Description of architecture and sizes, without those of the image. */
    String describe();

    /** Height of the image in pixels. */
    int imageHeight();

    /** Width of the image in pixels. */
    int imageWidth();

    /** Channels of the image. */
    int channels();

    /** Number of outputs at each position. */
    int outputs();

    /**
     * Pixels that the sides of an image must be a multiple of, so that all positions of the grid cover squares of equal size.
     */
    int multiple();

    /**
     * Copy for images of another size.
     *
     * @throws IllegalArgumentException when the model does not support the size
     */
    SegmenterModel withImage(int height, int width);

    /**
     * Adds the model and its weights to a graph.
     *
     * @param pixels images of the model's size, {@code [B, channels, H, W]}
     * @return logits and all intermediates
     */
    SegmenterValues build(Scope scope, Value pixels);

    /** Layouts of the attention weights of {@link #build}, in their order. */
    List<AttentionLayout> attentions();

    /**
     * Weights for a graph of {@link Mode#INFERENCE}.
     *
     * @param learned the learned weights
     */
    default WeightSource inferenceParameters(WeightSource learned) {
        return learned;
    }

    /**
     * Graph with input {@link #PIXELS} and output {@link #LOGITS}.
     *
     * @param everything whether all intermediates are outputs too, under the reference's names
     */
    default Graph graph(Mode mode, int batch, boolean everything) {
        Graph graph = new Graph();
        Value pixels = graph.input(PIXELS, batch, channels(), imageHeight(), imageWidth());
        SegmenterValues values = build(Scope.of(graph, mode), pixels);
        graph.output(LOGITS, values.logits());
        if (everything) {
            output(graph, "hidden_states.", values.hiddenStates());
            output(graph, "attentions.", values.attentions());
        }
        return graph;
    }

    private static void output(Graph graph, String prefix, List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            graph.output(prefix + i, values.get(i));
        }
    }

    /** Every learned weight with its shape, in the order of the forward pass. */
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        graph(Mode.EVALUATION, 1, false).parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }
}
