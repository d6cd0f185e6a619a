package org.fovea.vqa;

import java.util.List;

/**
 * A question about an image as a model reads it.
 *
 * @param ids tokens of the question
 * @param unknownWords words that the model has not
 */
record Query(EmbeddedImage image, String question, List<Integer> ids, List<String> unknownWords) {
    Answers answers(List<Answer> all) {
        return new Answers(question, all, unknownWords);
    }
}
