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
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.ImageClassifier;

/**
 * How good a classifier is on labelled images.
 *
 * @param scores over the model's classes
 * @param labels the model's class names
 * @param mistakes the surest wrong answers, surest first
 * @param broken images that could not be read
 */
public record Evaluation(
        ClassificationScores scores, List<String> labels, List<Mistake> mistakes, List<BrokenImage> broken) {
    /** How many mistakes are kept. */
    private static final int MISTAKES = 36;
    /** How many unreadable images are put up with. */
    private static final int MOST_BROKEN = 20;

    /**
     * A wrong answer.
     *
     * @param actual index of the right class
     * @param predicted index of the class that was taken for it
     * @param probability that the model gave the predicted class
     */
    public record Mistake(LabeledImage sample, int actual, int predicted, double probability) {}

    /**
     * Classifies every image of a data set.
     *
     * @param data whose classes are among the model's, by name
     * @throws EvaluationException when a class is not, or too many images cannot be read
     */
    public static Evaluation of(ImageClassifier classifier, ImageDataset data) {
        int[] labels = labels(classifier.labels(), data);
        Collector collector = new Collector(classifier, labels);
        int batch = classifier.options().batch();
        for (int from = 0; from < data.size(); from += batch) {
            collector.add(data.samples().subList(from, Math.min(data.size(), from + batch)), batch);
        }
        if (collector.scores.images() == 0) {
            throw new EvaluationException(
                    data.name() + ": there must be an image to evaluate, got none that can be read");
        }
        List<Mistake> mistakes = new ArrayList<>(collector.mistakes);
        mistakes.sort(Comparator.comparingDouble(Mistake::probability).reversed());
        return new Evaluation(collector.scores, classifier.labels(), mistakes, collector.broken);
    }

    /** The model's class of each of the data set's. */
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

        void add(List<LabeledImage> samples, int batch) {
            int height = classifier.processor().height();
            int width = classifier.processor().width();
            int size = classifier.processor().channels() * height * width;
            Tensor pixels = Tensor.zeros(
                    DType.F32, Shape.of(batch, classifier.processor().channels(), height, width));
            FloatBuffer all = pixels.buffer().asFloatBuffer();
            String[] problems = new String[samples.size()];
            IntStream.range(0, samples.size())
                    .parallel()
                    .forEach(i -> problems[i] = read(samples.get(i), all.slice(i * size, size)));
            float[] logits = classifier.logits(pixels).toFloats();
            int classes = logits.length / batch;
            for (int i = 0; i < problems.length; i++) {
                if (problems[i] == null) {
                    score(samples.get(i), Arrays.copyOfRange(logits, i * classes, (i + 1) * classes));
                } else {
                    broken(samples.get(i), problems[i]);
                }
            }
        }

        /** Fills a row of the batch; the problem where that is not possible. */
        private String read(LabeledImage sample, FloatBuffer row) {
            try {
                classifier
                        .processor()
                        .processInto(decoder.decode(sample.source().read(), sample.name()), row);
                return null;
            } catch (ImageException | IOException e) {
                return e.getMessage();
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
