package org.fovea.vit.train;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.ImageDataset;
import org.fovea.core.data.LabeledImage;
import org.fovea.core.data.OrderedPipeline;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.Classification;
import org.fovea.vit.ImageClassifier;

/**
 * The scores of a classifier on labeled images.
 *
 * @param scores over the model's classes
 * @param labels the model's class names
 * @param mistakes wrong predictions with the highest probabilities, highest first
 * @param broken images that could not be read, or for which the model computes no finite result
 */
public record Evaluation(
        ClassificationScores scores, List<String> labels, List<Mistake> mistakes, List<BrokenImage> broken) {
    /** Maximum number of mistakes that are kept. */
    private static final int MISTAKES = 36;
    /** Maximum number of unreadable images that are tolerated. */
    private static final int MOST_BROKEN = 20;

    /**
     * A wrong answer.
     *
     * @param actual index of the right class
     * @param predicted index of the predicted class
     * @param probability probability of the predicted class
     */
    public record Mistake(LabeledImage sample, int actual, int predicted, double probability) {}

    /**
     * Classifies every image of a data set.
     *
     * @param data data set whose classes are among the model's, by name
     * @throws EvaluationException when a class is unknown to the model, or too many images cannot be read
     */
    public static Evaluation of(ImageClassifier classifier, ImageDataset data) {
        int[] labels = labels(classifier.labels(), data);
        Collector collector = new Collector(classifier, labels);
        try (OrderedPipeline<LabeledImage, float[]> pipeline =
                OrderedPipeline.start(data.samples(), classifier.options().batch(), collector::pixels)) {
            pipeline.run(collector::logits, collector::add);
        }
        if (collector.scores.images() == 0) {
            throw new EvaluationException(
                    data.name() + ": there must be an image to evaluate, got none that can be read");
        }
        List<Mistake> mistakes = new ArrayList<>(collector.mistakes);
        mistakes.sort(Comparator.comparingDouble(Mistake::probability).reversed());
        return new Evaluation(collector.scores, classifier.labels(), mistakes, collector.broken);
    }

    /** Index in the model of each class of the data set. */
    private static int[] labels(List<String> model, ImageDataset data) {
        List<String> unknown =
                data.classNames().stream().filter(name -> !model.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new EvaluationException(data.name() + ": every class must be one of the model's "
                    + (model.size() > 20 ? model.size() + " classes" : model.toString()) + ", got " + unknown
                    + "; rename the folders, or evaluate the model that was trained on them");
        }
        return data.classNames().stream().mapToInt(model::indexOf).toArray();
    }

    private static final class Collector {
        private final ImageClassifier classifier;
        private final int[] labels;
        private final ImageDecoder decoder = ImageDecoder.create();
        private final ClassificationScores scores;
        private final List<BrokenImage> broken = new ArrayList<>();
        private final PriorityQueue<Mistake> mistakes =
                new PriorityQueue<>(Comparator.comparingDouble(Mistake::probability));

        Collector(ImageClassifier classifier, int[] labels) {
            this.classifier = classifier;
            this.labels = labels;
            this.scores = new ClassificationScores(classifier.labels().size());
        }

        /** Preprocessed pixels of an image; called on several threads. */
        float[] pixels(LabeledImage sample) {
            ImageProcessor processor = classifier.processor();
            float[] out = new float[processor.channels() * processor.height() * processor.width()];
            try {
                RgbImage image = decoder.decode(sample.source().read(), sample.name());
                processor.processInto(image, FloatBuffer.wrap(out));
                return out;
            } catch (IOException e) {
                throw new ImageException(sample.name(), "reading failed: " + e, e);
            }
        }

        /** Logits of each image; the last batch is padded with zeros. */
        List<float[]> logits(List<float[]> images) {
            ImageProcessor processor = classifier.processor();
            int batch = classifier.options().batch();
            Tensor pixels = Tensor.zeros(
                    DType.F32, Shape.of(batch, processor.channels(), processor.height(), processor.width()));
            FloatBuffer all = pixels.buffer().asFloatBuffer();
            images.forEach(all::put);
            float[] logits = classifier.logits(pixels).toFloats(); // [B, K]
            int classes = logits.length / batch;
            return IntStream.range(0, images.size())
                    .mapToObj(i -> Arrays.copyOfRange(logits, i * classes, (i + 1) * classes))
                    .toList();
        }

        void add(Outcome<LabeledImage, float[]> outcome) {
            if (outcome instanceof Outcome.Failed<LabeledImage, float[]> failed) {
                broken(failed.input(), failed.failure().getMessage());
            } else {
                score(outcome.input(), outcome.get());
            }
        }

        private void broken(LabeledImage sample, String problem) {
            broken.add(new BrokenImage(sample.name(), problem));
            if (broken.size() > MOST_BROKEN) {
                throw new EvaluationException("at most " + MOST_BROKEN + " images may be broken, got more: " + problem);
            }
        }

        private void score(LabeledImage sample, float[] logits) {
            int actual = labels[sample.label()];
            try {
                Classification.requireFinite(sample.name(), logits, classifier.labels());
            } catch (ImageException e) {
                broken(sample, e.problem());
                return;
            }
            scores.add(logits, actual);
            int best = Likeliest.of(logits, 0, logits.length);
            if (best != actual) {
                double sum = IntStream.range(0, logits.length)
                        .mapToDouble(k -> Math.exp(logits[k] - logits[best]))
                        .sum();
                mistakes.add(new Mistake(sample, actual, best, 1 / sum));
                if (mistakes.size() > MISTAKES) {
                    mistakes.poll();
                }
            }
        }
    }
}
