package org.fovea.core.generate;

import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** Access of generation to a model that writes text: some rows of tokens that go on, each with its past. Not thread-safe. */
public interface DecoderSession extends AutoCloseable {
    /** Number of rows: images times texts of each image, with the texts of the same image adjacent. */
    int rows();

    /** Number of words in the vocabulary. */
    int vocabulary();

    /**
     * Continues by some tokens, the same number in each row.
     *
     * @param tokens {@code [rows][T]}
     * @return scores of the next token, {@code [rows, vocabulary]}, float32
     */
    Tensor step(int[][] tokens);

    /**
     * Changes the histories of the rows: row i continues the former row {@code rows[i]}, which must be of the same image.
     *
     * @param rows former row of each row, as many as {@link #rows}
     */
    void reorder(int... rows);

    /**
     * Attention weights from the last token of each row to the memory in the last step, {@code [rows, layers, heads, M]}; empty
     * if they were not requested.
     */
    Optional<Tensor> attention();

    @Override
    void close();
}
