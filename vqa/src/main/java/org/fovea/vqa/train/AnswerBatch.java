package org.fovea.vqa.train;

import java.util.List;
import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/**
 * Images with the same number of questions each, those of an image side by side.
 *
 * @param pixels {@code [B, channels, H, W]}
 * @param questions indices of words, {@code [rows, T]}
 * @param mask {@code [rows, T]}, 1 for words and 0 for padding
 * @param targets the right answers, one a row
 * @param named places that the words speak of, where the data tells
 */
public record AnswerBatch(
        Tensor pixels, Tensor questions, Tensor mask, List<AnswerTarget> targets, Optional<NamedPlaces> named) {
    /** Copies the list. */
    public AnswerBatch {
        targets = List.copyOf(targets);
    }

    /** Images of which it is not known what the words speak of. */
    public AnswerBatch(Tensor pixels, Tensor questions, Tensor mask, List<AnswerTarget> targets) {
        this(pixels, questions, mask, targets, Optional.empty());
    }
}
