package org.fovea.vqa.train;

import java.util.List;
import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/**
 * Images with the same number of questions each, those of an image side by side.
 *
 * @param pixels pixels {@code [B, channels, H, W]}
 * @param questions token ids, {@code [rows, T]}
 * @param mask {@code [rows, T]}, 1 for words and 0 for padding
 * @param targets right answers, one entry per row
 * @param named image positions that the words name, if the data has them
 */
public record AnswerBatch(
        Tensor pixels, Tensor questions, Tensor mask, List<AnswerTarget> targets, Optional<NamedPlaces> named) {
    /** Copies the list. */
    public AnswerBatch {
        targets = List.copyOf(targets);
    }

    /** Creates a batch of images without known positions of what the words name. */
    public AnswerBatch(Tensor pixels, Tensor questions, Tensor mask, List<AnswerTarget> targets) {
        this(pixels, questions, mask, targets, Optional.empty());
    }
}
