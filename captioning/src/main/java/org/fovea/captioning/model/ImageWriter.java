package org.fovea.captioning.model;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;

/**
 * Captioner of our own: an encoder of pictures and a decoder of words.
 *
 * @param encoder whose places the decoder looks at
 */
public record ImageWriter(VisionEncoder encoder, WordDecoder decoder) {
    /** The input {@code [B, 3, H, W]}. */
    public static final String PIXELS = "pixel_values";
    /** The input {@code [rows, T]}, indices. */
    public static final String IDS = "ids";
    /** The input {@code [1]} of a step: the position of the words. */
    public static final String POSITIONS = "positions";
    /** The input {@code [1]} of a step: the words' place in the caches. */
    public static final String SLOTS = "slots";
    /** The output of a step: {@code [rows, V]}. */
    public static final String LOGITS = "logits";
    /** The output of a step: {@code [rows, layers, heads, L]}. */
    public static final String ATTENTION = "attention";

    /**
     * Adds both over known words, with the input {@link #PIXELS}.
     *
     * @param images in the batch
     * @param before {@code [rows, T]}, rows a multiple of the images
     */
    public WordDecoder.Written write(Scope scope, int images, Value before, WordDecoder.Chance chance) {
        return decoder.write(scope.child("decoder"), features(scope, images), before, chance);
    }

    /** The graph that looks at images and keeps what it saw in states. */
    public Graph look(int images) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph, Mode.INFERENCE);
        decoder.look(scope.child("decoder"), features(scope, images));
        return graph;
    }

    /**
     * The graph of one step.
     *
     * @param images in the batch
     * @param texts captions written for each
     */
    public Graph step(int images, int texts) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph, Mode.INFERENCE);
        int rows = images * texts;
        WordDecoder.StepInputs inputs = new WordDecoder.StepInputs(
                images,
                graph.indexInput(IDS, rows, 1),
                graph.indexInput(POSITIONS, 1),
                graph.indexInput(SLOTS, 1),
                decoder.positions());
        WordDecoder.Written out = decoder.step(scope.child("decoder"), inputs, places(), encoder.width());
        graph.output(LOGITS, out.logits().reshape(rows, decoder.vocabulary()));
        int[] sizes = out.attention().shape().toArray(); // [rows, 1, layers, heads, L]
        graph.output(ATTENTION, out.attention().reshape(rows, sizes[2], sizes[3], sizes[4]));
        return graph;
    }

    /** Number of places, L. */
    public int places() {
        Graph probe = new Graph();
        return features(Scope.of(probe), 1).shape().dim(1);
    }

    private Value features(Scope scope, int images) {
        Value pixels =
                scope.graph().input(PIXELS, images, encoder.channels(), encoder.imageHeight(), encoder.imageWidth());
        return encoder.build(scope.child("encoder"), pixels).places();
    }
}
