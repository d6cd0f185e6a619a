package org.fovea.segmentation.model;

import java.util.List;
import java.util.function.Supplier;
import org.fovea.core.graph.Value;

/**
 * The values that a {@link SegmenterModel} adds to a graph.
 *
 * @param logits {@code [B, outputs, rows, columns]}
 * @param hiddenStates outputs of the stages, {@code [B, C, H, W]}
 * @param attentionSource supplies the attention weights, which are added to the graph on demand
 */
public record SegmenterValues(Value logits, List<Value> hiddenStates, Supplier<List<Value>> attentionSource) {
    /** Copies the list. */
    public SegmenterValues {
        hiddenStates = List.copyOf(hiddenStates);
    }

    /** Attention weights, in the order of {@link SegmenterModel#attentions}. */
    public List<Value> attentions() {
        return attentionSource.get();
    }
}
