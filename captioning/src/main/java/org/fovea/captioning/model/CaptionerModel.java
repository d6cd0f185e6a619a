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
    /** Input of the encoder's graph: {@code [B, channels, H, W]}, preprocessed as the checkpoint defines. */
    String PIXELS = "pixel_values";
    /** Input of {@link #teacherForced}: {@code [B, T]}, token ids. */
    String DECODER_IDS = "decoder_input_ids";
    /** Scope of the encoder's weights. */
    String VISION = "vision";
    /** Scope of the decoder's weights. */
    String TEXT = "text";

    /** The encoder. */
    VisionEncoder encoder();

    /** Description of the decoder with its sizes. */
    String describeDecoder();

    /** Number of image tokens that the decoder attends to. */
    default int memoryTokens() {
        return seen().values().shape().dim(1);
    }

    /** Rows of the grid of image positions, whose tokens come last in the memory. */
    default int gridRows() {
        return seen().rows();
    }

    /** Columns of the grid of image positions, whose tokens come last in the memory. */
    default int gridColumns() {
        return seen().columns();
    }

    private Tokens seen() {
        Graph graph = new Graph();
        return encoder().build(Scope.of(graph).child(VISION), pixels(graph, 1));
    }

    /**
     * Graph of one pass over a whole text: inputs {@link #PIXELS} and {@link #DECODER_IDS}, outputs {@link #LOGITS} {@code [B,
     * T, vocabulary]} and every intermediate under the reference's names.
     */
    Graph teacherForced(int batch, int tokens);

    /** Adds the input {@link #PIXELS} to a graph. */
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
