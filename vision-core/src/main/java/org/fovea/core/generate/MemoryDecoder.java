package org.fovea.core.generate;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;

/**
 * A {@link TextDecoder} that reads a memory in every block as the steps of a {@link TextModel}: keys and values of the memory
 * are states, written once and read in every step.
 *
 * @param text decoder with cross-attention
 * @param place scope of its weights in the model
 * @param memory number of the memory's tokens
 * @param masked whether some of the memory's tokens may be padding, marked by a state
 */
public record MemoryDecoder(TextDecoder text, String place, int memory, boolean masked) {
    /** Name of the blocks' cross-attention weights. */
    public static final String CROSS = "cross";

    /** Names of the caches of {@link #step}. */
    public List<String> caches() {
        return text.cacheNames(scope(new Graph()));
    }

    private Scope scope(Graph graph) {
        return Scope.of(graph).child(place);
    }

    /**
     * Stores the memory of a batch in states.
     *
     * @param prepared result of {@link TextDecoder#prepare}, {@code [images, M, 2·width]} each
     */
    public void keep(Graph graph, List<Value> prepared) {
        for (int i = 0; i < prepared.size(); i++) {
            graph.update(state(graph, i, prepared.get(i).shape().dim(0)), prepared.get(i));
        }
    }

    /**
     * Stores the padding mask of a memory in a state.
     *
     * @param seen mask {@code [images, M]}, 1 for tokens and 0 for padding
     */
    public void keepMask(Graph graph, Value seen) {
        graph.update(maskState(graph, seen.shape().dim(0)), seen);
    }

    private Value state(Graph graph, int block, int images) {
        return graph.cache(text.cross(scope(graph), block).name("memory"), images, memory, 2 * text.width());
    }

    private Value maskState(Graph graph, int images) {
        return graph.state(scope(graph).name("memory_mask"), images, memory);
    }

    /** Graph of {@link TextModel#step}. */
    public Graph step(TextModel.Step size) {
        Graph graph = new Graph();
        Scope scope = scope(graph);
        StepInputs in = StepInputs.of(graph, size, size.capacity());
        List<Value> memories = IntStream.range(0, text.depth())
                .mapToObj(i -> state(graph, i, size.images()))
                .toList();
        Value[] biases = masked ? new Value[] {Masks.keys(maskState(graph, size.images()))} : new Value[0];
        Value x = text.embed(scope, in.ids(), in.positions()); // [rows, T, width]
        Decoded out = text.decode(scope, x, in.mask(), in.cache(), memories, biases);
        graph.output(TextModel.LOGITS, text.scores(scope, StepInputs.last(out.values()))); // [rows, vocabulary]
        if (size.attention()) {
            graph.output(TextModel.ATTENTION, StepInputs.attention(out.blocks(), CROSS, memory));
        }
        return graph;
    }
}
