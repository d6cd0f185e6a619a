package org.fovea.vqa.train;

import org.fovea.core.Check;

/**
 * Size of a batch of questions.
 *
 * @param images number of images, B
 * @param each number of questions of each image
 * @param words number of words that questions are padded to, T
 */
public record AnswerSize(int images, int each, int words) {
    /** Checks the numbers. */
    public AnswerSize {
        Check.positive("AnswerSize: images", images);
        Check.positive("AnswerSize: questions of each image", each);
        Check.positive("AnswerSize: words of a question", words);
    }

    /** Number of questions in a batch. */
    public int rows() {
        return images * each;
    }
}
