package org.fovea.core.generate;

import java.util.List;
import org.fovea.core.graph.Graph;

/**
 * A model that writes text about something it has looked at, as graphs: one that looks, and leaves what it saw in states, and
 * one that goes on by some tokens.
 */
public interface TextModel {
    /** Input of {@link #step}: {@code [rows, T]}, token ids. */
    String IDS = "ids";
    /** Input of {@link #step}: {@code [T]}, positions of the tokens in the text. */
    String POSITIONS = "positions";
    /**
     * Input of {@link #step}: {@code [T]}, slots of the tokens in the caches, which are {@link #leading} beyond their
     * positions.
     */
    String SLOTS = "slots";
    /** The output of {@link #step}: {@code [rows, vocabulary]}, scores of the next word. */
    String LOGITS = "logits";
    /**
     * The output of {@link #step} on request: {@code [rows, layers, heads, M]}, attention weights from the last token to the
     * memory.
     */
    String ATTENTION = "attention";

    /**
     * A step's size.
     *
     * @param images number of images in the batch
     * @param texts number of texts for each image, whose rows are adjacent
     * @param tokens number of tokens by which each row continues
     * @param capacity number of tokens that the caches hold, without the {@link #leading} ones
     * @param attention whether {@link #ATTENTION} is computed
     */
    record Step(int images, int texts, int tokens, int capacity, boolean attention) {
        /** Number of rows. */
        public int rows() {
            return images * texts;
        }
    }

    /** Number of words in the vocabulary. */
    int vocabulary();

    /** Maximum number of tokens of a text. */
    int positions();

    /** Number of memory tokens that precede the text in the caches. */
    default int leading() {
        return 0;
    }

    /** Inputs of {@link #step} that the model uses; a recurrent model needs no positions. */
    default List<String> stepInputs() {
        return List.of(IDS, POSITIONS, SLOTS);
    }

    /** Names of the caches of {@link #step}, whose first axis is the rows. */
    List<String> caches();

    /**
     * Graph of the encoder: its inputs are the model's own, and its states are those that {@link #step} reads.
     *
     * @param images number of images in the batch
     * @param capacity as in {@link Step}; ignored by a model without {@link #leading} tokens
     */
    Graph look(int images, int capacity);

    /** Graph of a decoding step. */
    Graph step(Step size);
}
