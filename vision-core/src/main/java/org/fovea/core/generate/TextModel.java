package org.fovea.core.generate;

import java.util.List;
import org.fovea.core.graph.Graph;

/**
 * A model that writes text about something it has looked at, as graphs: one that looks, and leaves what it saw in states, and
 * one that goes on by some tokens.
 */
public interface TextModel {
    /** The input of {@link #step}: {@code [rows, T]}, indices of words. */
    String IDS = "ids";
    /** The input of {@link #step}: {@code [T]}, the tokens' positions in the text. */
    String POSITIONS = "positions";
    /** The input of {@link #step}: {@code [T]}, the tokens' places in the caches, {@link #leading} beyond their positions. */
    String SLOTS = "slots";
    /** The output of {@link #step}: {@code [rows, vocabulary]}, scores of the word after the last. */
    String LOGITS = "logits";
    /** The output of {@link #step} on request: {@code [rows, layers, heads, M]}, from the last token to the memory. */
    String ATTENTION = "attention";

    /**
     * A step's size.
     *
     * @param images in the batch
     * @param texts written for each image, their rows side by side
     * @param tokens by which each row goes on
     * @param capacity tokens that the caches hold, without the {@link #leading} ones
     * @param attention whether {@link #ATTENTION} is computed
     */
    record Step(int images, int texts, int tokens, int capacity, boolean attention) {
        /** The number of rows. */
        public int rows() {
            return images * texts;
        }
    }

    /** Number of words. */
    int vocabulary();

    /** The most tokens of a text. */
    int positions();

    /** Tokens of the memory that stand before the text in the caches. */
    default int leading() {
        return 0;
    }

    /** The inputs of {@link #step} that the model reads; a recurrent one needs no positions. */
    default List<String> stepInputs() {
        return List.of(IDS, POSITIONS, SLOTS);
    }

    /** The caches of {@link #step}, whose first axis is that of the rows. */
    List<String> caches();

    /**
     * The graph that looks: its inputs are the model's own, its states those that {@link #step} reads.
     *
     * @param images in the batch
     * @param capacity as in {@link Step}; without meaning for a model that has no {@link #leading} tokens
     */
    Graph look(int images, int capacity);

    /** The graph that goes on. */
    Graph step(Step size);
}
