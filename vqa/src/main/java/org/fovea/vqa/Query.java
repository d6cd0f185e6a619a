package org.fovea.vqa;

import java.util.List;

/**
 * A question about an image as a model reads it.
 *
 * @param ids token ids of the question
 * @param unknownWords words that are not in the model's vocabulary
 */
record Query(EmbeddedImage image, String question, List<Integer> ids, List<String> unknownWords) {
    Answers answers(List<Answer> all) {
        return new Answers(question, all, unknownWords);
    }
}
