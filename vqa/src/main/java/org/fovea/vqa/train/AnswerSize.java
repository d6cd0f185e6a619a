package org.fovea.vqa.train;

import org.fovea.core.Check;

/**
 * Size of a batch of questions.
 *
 * @param images at once, B
 * @param each questions of each image
 * @param words the most of a question, T; shorter questions are padded to it
 */
public record AnswerSize(int images, int each, int words) {
    /** Checks the numbers. */
    public AnswerSize {
        Check.positive("AnswerSize: images", images);
        Check.positive("AnswerSize: questions of each image", each);
        Check.positive("AnswerSize: words of a question", words);
    }

    /** All questions of a batch. */
    public int rows() {
        return images * each;
    }
}
