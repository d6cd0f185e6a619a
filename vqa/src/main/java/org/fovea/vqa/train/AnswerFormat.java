package org.fovea.vqa.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.data.NotedFormat;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;

/**
 * Batches of images with questions.
 *
 * @param tokenizer tokenizer of a {@link org.fovea.vqa.model.QuestionVocabulary}
 * @param positions maximum number of words of a question
 * @param targets gives the right answers of a question; every question must have one
 */
public record AnswerFormat(
        Tokenizer tokenizer, int positions, Function<AnsweredQuestion, Optional<AnswerTarget>> targets) {
    /**
     * Format of images that pass through an image pipeline.
     *
     * @param each number of questions of each image
     */
    public NotedFormat<AnsweredQuestion, AnsweredImage, AnswerBatch> of(SamplePipeline pipeline, int each) {
        return new NotedFormat<>(ImageDecoder.create(), pipeline, each, this::join);
    }

    private AnswerBatch join(Tensor pixels, List<AnsweredQuestion> questions) {
        QuestionRows rows = QuestionRows.of(
                tokenizer,
                positions,
                questions.stream().map(AnsweredQuestion::text).toList());
        return new AnswerBatch(
                pixels,
                rows.ids(),
                rows.mask(),
                questions.stream()
                        .map(question -> targets.apply(question).orElseThrow())
                        .toList());
    }
}
