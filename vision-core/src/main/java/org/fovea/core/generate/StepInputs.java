package org.fovea.core.generate;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.Masks;
import org.fovea.core.tensor.Tensor;

/**
 * The inputs of a {@link TextModel#step} of a Transformer, and what follows from them.
 *
 * @param ids {@code [rows, T]}
 * @param positions {@code [T]}
 * @param mask {@code [T, slots]}
 */
public record StepInputs(Value ids, Value positions, Value mask, KeyValueCache cache) {
    /**
     * Adds the inputs.
     *
     * @param slots number of slots in the caches
     */
    public static StepInputs of(Graph graph, TextModel.Step size, int slots) {
        Value ids = graph.indexInput(TextModel.IDS, size.rows(), size.tokens());
        Value positions = graph.indexInput(TextModel.POSITIONS, size.tokens());
        Value places = graph.indexInput(TextModel.SLOTS, size.tokens());
        Value mask = Masks.causal(graph, slots).gather(0, places); // [T, slots]
        return new StepInputs(ids, positions, mask, KeyValueCache.of(slots, places));
    }

    /** Positions 0, 1, and so on, {@code [T]}. */
    public static Value range(Graph graph, int count) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            out[i] = i;
        }
        return graph.constant(Tensor.of(out, count));
    }

    /** Values of the last token of each row, {@code [rows, width]}. */
    public static Value last(Value x) {
        int tokens = x.shape().dim(1);
        return x.slice(1, tokens - 1, tokens)
                .reshape(x.shape().dim(0), x.shape().dim(2));
    }

    /**
     * Attention weights of the last token in all layers, {@code [rows, layers, heads, M]}.
     *
     * @param kind name of the weights, empty if the blocks have only one kind
     * @param keys number of keys to return, from the first
     */
    public static Value attention(List<AttentionOutput> blocks, String kind, int keys) {
        Value[] layers = blocks.stream()
                .map(block -> kind.isEmpty() ? block.weights() : block.weights(kind))
                .map(w -> ofLastToken(w, keys))
                .toArray(Value[]::new);
        Value[] others = Arrays.copyOfRange(layers, 1, layers.length);
        return others.length == 0 ? layers[0] : layers[0].concat(1, others);
    }

    /** Last token of {@code [rows, heads, T, M]}, as {@code [rows, 1, heads, keys]}. */
    private static Value ofLastToken(Value weights, int keys) {
        int[] s = weights.shape().toArray();
        return weights.slice(2, s[2] - 1, s[2]).slice(3, 0, keys).reshape(s[0], 1, s[1], keys);
    }
}
