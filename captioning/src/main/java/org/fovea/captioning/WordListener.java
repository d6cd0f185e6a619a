package org.fovea.captioning;

import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** Receives the words of a caption while it is being written. */
@FunctionalInterface
public interface WordListener {
    /**
     * Receives the next word, once it is whole. Beam search tells the words of its best caption at its end, for until then they may
     * change.
     *
     * @param index number of the word, from 0
     * @param map of where the model looked, {@code [rows, columns]}; empty where that was not asked for
     */
    void word(int index, CaptionWord word, Optional<Tensor> map);
}
