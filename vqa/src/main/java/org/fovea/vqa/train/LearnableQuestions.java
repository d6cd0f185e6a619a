package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fovea.core.data.DataSetException;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingSplits;
import org.fovea.vqa.model.QuestionVocabulary;

/**
 * Questions that an answerer can learn from: those with an answer that it knows.
 *
 * @param start starting point of the answerer
 */
record LearnableQuestions(AnswererStart start) {
    /**
     * Removes training questions that cannot be learned from; the validation keeps all questions.
     *
     * @throws TrainingConfigException when a question is longer than the model supports
     * @throws DataSetException when no training question is left
     */
    TrainingSplits<AnsweredImage> of(TrainingSplits<AnsweredImage> images) {
        texts(images).forEach(this::checkLength);
        return new TrainingSplits<>(known(images.train()), images.validation());
    }

    /** Number of words of the longest question. */
    static int longest(TrainingSplits<AnsweredImage> images) {
        return texts(images)
                .mapToInt(text -> QuestionVocabulary.split(text).size())
                .max()
                .orElse(1);
    }

    private static Stream<String> texts(TrainingSplits<AnsweredImage> images) {
        return Stream.of(images.train(), images.validation())
                .flatMap(part -> AnsweredImage.questions(part).stream())
                .map(AnsweredQuestion::text);
    }

    private void checkLength(String question) {
        int most = start.model().positions();
        int words = QuestionVocabulary.split(question).size();
        if (words > most) {
            String key = AnswererKeys.QUESTION_LENGTH.name();
            throw new TrainingConfigException("questions must have at most " + key + " " + most + " words, got " + words
                    + " in '" + question + "'; shorten it, or set \"" + key + "\" to " + words + " for a new model");
        }
    }

    private List<AnsweredImage> known(List<AnsweredImage> images) {
        List<String> answers = start.answers().answers();
        Function<AnsweredQuestion, Optional<AnswerTarget>> targets =
                start.answers().targets(start.link());
        List<AnsweredImage> out = new ArrayList<>();
        for (AnsweredImage image : images) {
            List<AnsweredQuestion> known = image.questions().stream()
                    .filter(question -> targets.apply(question).isPresent())
                    .toList();
            if (!known.isEmpty()) {
                out.add(new AnsweredImage(image.name(), image.source(), known));
            }
        }
        if (out.isEmpty()) {
            throw new DataSetException(
                    "there must be training questions whose answer the model knows, got none; it knows "
                            + answers.size() + ", such as '" + answers.get(0) + "'; train a new model on these data");
        }
        return out;
    }
}
