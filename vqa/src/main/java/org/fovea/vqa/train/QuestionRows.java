package org.fovea.vqa.train;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;

/**
 * Questions as rows of word indices of one length.
 *
 * @param ids token ids, {@code [rows, T]}
 * @param mask mask {@code [rows, T]}, 1 for words and 0 for padding
 */
record QuestionRows(Tensor ids, Tensor mask) {
    /**
     * Tokenizes and pads questions.
     *
     * @param positions length of each row, T
     * @throws IllegalArgumentException when a question has no words or more than {@code positions}
     */
    static QuestionRows of(Tokenizer tokenizer, int positions, List<String> questions) {
        int[] ids = new int[questions.size() * positions];
        float[] mask = new float[ids.length];
        for (int row = 0; row < questions.size(); row++) {
            int[] words = tokenizer.encode(questions.get(row));
            Check.that(
                    words.length > 0 && words.length <= positions,
                    "QuestionRows: a question",
                    "have from 1 to " + positions + " words",
                    "'" + questions.get(row) + "'");
            System.arraycopy(words, 0, ids, row * positions, words.length);
            Arrays.fill(mask, row * positions, row * positions + words.length, 1);
        }
        return new QuestionRows(
                Tensor.of(ids, questions.size(), positions), Tensor.of(mask, questions.size(), positions));
    }
}
