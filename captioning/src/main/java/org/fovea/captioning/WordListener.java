package org.fovea.captioning;

import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** Receives the words of a caption while it is being written. */
@FunctionalInterface
public interface WordListener {
    /**
     * Receives the next word once it is complete. Beam search reports the words of its best caption at the end only, since they
     * may change until then.
     *
     * @param index number of the word, from 0
     * @param map attention map of the word, {@code [rows, columns]}; empty where none was requested
     */
    void word(int index, CaptionWord word, Optional<Tensor> map);
}
