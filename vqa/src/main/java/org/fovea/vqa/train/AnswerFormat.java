package org.fovea.vqa.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.fovea.core.data.BatchFormat;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;

/**
 * Images through a pipeline, each with the same number of its questions drawn at random; those of an image that has fewer
 * repeat.
 *
 * @param pipeline of the images
 * @param each questions of each image
 * @param tokenizer of a {@link org.fovea.vqa.model.QuestionVocabulary}
 * @param positions the most words of a question
 * @param targets the right answers; every question must have one
 */
public record AnswerFormat(
        SamplePipeline pipeline,
        int each,
        Tokenizer tokenizer,
        int positions,
        Function<AnsweredQuestion, Optional<AnswerTarget>> targets)
        implements BatchFormat<AnsweredImage, RgbImage, AnswerBatch> {
    private static final ImageDecoder DECODER = ImageDecoder.create();

    @Override
    public String name(AnsweredImage sample) {
        return sample.name();
    }

    @Override
    public RgbImage read(AnsweredImage sample) {
        return sample.decode(DECODER);
    }

    @Override
    public long bytes(RgbImage image) {
        return 3L * image.height() * image.width();
    }

    @Override
    public AnswerBatch batch(
            Iterator<Item<AnsweredImage, RgbImage>> items, int atMost, int epoch, RandomGenerator random) {
        Shape shape = pipeline.shape();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(shape.size() * atMost));
        List<AnsweredQuestion> questions = new ArrayList<>();
        int count = 0;
        while (items.hasNext()) {
            Item<AnsweredImage, RgbImage> item = items.next();
            pipeline.write(item.read(), item.random(), pixels);
            questions.addAll(drawn(item.sample().questions(), item.random()));
            count++;
        }
        float[] filled = Arrays.copyOf(pixels.array(), pixels.position());
        return of(Tensor.of(filled, count, shape.dim(0), shape.dim(1), shape.dim(2)), questions); // [B, C, H, W]
    }

    private AnswerBatch of(Tensor pixels, List<AnsweredQuestion> questions) {
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

    /** Questions in a random order, all of them before any repeats. */
    private List<AnsweredQuestion> drawn(List<AnsweredQuestion> all, RandomGenerator random) {
        List<AnsweredQuestion> order = new ArrayList<>(all);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        List<AnsweredQuestion> out = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            out.add(order.get(i % order.size()));
        }
        return out;
    }
}
