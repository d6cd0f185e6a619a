package org.fovea.vqa.train;

import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Images with the same number of questions each, those of an image side by side.
 *
 * @param pixels {@code [B, channels, H, W]}
 * @param questions indices of words, {@code [rows, T]}
 * @param mask {@code [rows, T]}, 1 for words and 0 for padding
 * @param targets the right answers, one a row
 */
public record AnswerBatch(Tensor pixels, Tensor questions, Tensor mask, List<AnswerTarget> targets) {
    /** Copies the list. */
    public AnswerBatch {
        targets = List.copyOf(targets);
    }
}
