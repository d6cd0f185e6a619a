package org.fovea.captioning.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.generate.TextModel;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;

/**
 * A model that writes about an image: its weights are the encoder's below {@code vision} and the decoder's below {@code text},
 * as {@link VisionEncoder} and {@link org.fovea.core.nn.TextDecoder} name them, and {@code projection.*} between.
 */
public interface CaptionerModel extends TextModel {
    /** The input of the graph that looks: {@code [B, channels, H, W]}, prepared as the checkpoint says. */
    String PIXELS = "pixel_values";
    /** The input of {@link #teacherForced}: {@code [B, T]}, indices of words. */
    String DECODER_IDS = "decoder_input_ids";
    /** The place of the encoder's weights. */
    String VISION = "vision";
    /** The place of the decoder's weights. */
    String TEXT = "text";

    /** The encoder. */
    VisionEncoder encoder();

    /** The decoder in words, with its sizes. */
    String describeDecoder();

    /** Tokens of the image that a text attends to. */
    default int memoryTokens() {
        return seen().values().shape().dim(1);
    }

    /** The map of a model's {@code ATTENTION} onto the image: rows and columns of the grid, which comes last in its tokens. */
    default int gridRows() {
        return seen().rows();
    }

    /** Columns of the grid. */
    default int gridColumns() {
        return seen().columns();
    }

    private Tokens seen() {
        Graph graph = new Graph();
        return encoder().build(Scope.of(graph).child(VISION), pixels(graph, 1));
    }

    /**
     * The graph of one pass over a whole text: inputs {@link #PIXELS} and {@link #DECODER_IDS}, outputs {@link #LOGITS} {@code
     * [B, T, vocabulary]} and every intermediate under the reference's names.
     */
    Graph teacherForced(int batch, int tokens);

    /** The image's input. */
    default Value pixels(Graph graph, int batch) {
        VisionEncoder e = encoder();
        return graph.input(PIXELS, batch, e.channels(), e.imageHeight(), e.imageWidth());
    }

    /** The shapes of all weights. */
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        teacherForced(1, 1).parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }
}
