package org.fovea.core.generate;

import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** Access of generation to a model that writes text: some rows of tokens that go on, each with its past. Not thread-safe. */
public interface DecoderSession extends AutoCloseable {
    /** The number of rows: images times texts that are written for each, those of an image side by side. */
    int rows();

    /** Number of words. */
    int vocabulary();

    /**
     * Goes on by some tokens, as many in each row.
     *
     * @param tokens {@code [rows][T]}
     * @return the scores of the token after, {@code [rows, vocabulary]}, float32
     */
    Tensor step(int[][] tokens);

    /**
     * Changes what the rows go on from: row i from what row {@code rows[i]} was, which is of the same image.
     *
     * @param rows as many as {@link #rows}
     */
    void reorder(int... rows);

    /**
     * The weights with which the last token of each row looked at the memory in the last step, {@code [rows, layers, heads,
     * M]}; empty where they were not asked for.
     */
    Optional<Tensor> attention();

    @Override
    void close();
}
