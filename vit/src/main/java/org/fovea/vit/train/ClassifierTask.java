package org.fovea.vit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Image classification; its metrics are {@code loss}, {@code top1}, {@code top5}, {@code calibration_error} and the judge.
 *
 * @param model model to be trained
 * @param batch number of images in a training step
 * @param objective the loss, from logits {@code [B, K]} and targets {@code [B, K]} to a value of one element
 * @param validation scored after each epoch; its classes are the data's
 * @param judge metric that selects the best epoch: {@code top1}, {@code top5}, {@code mean_recall} or {@code loss}
 */
public record ClassifierTask(
        TrainableClassifier model,
        int batch,
        BinaryOperator<Value> objective,
        ClassificationSource validation,
        String judge)
        implements Task<ClassificationBatch> {
    /** Input beside the images: {@code [B, K]}, target probabilities. */
    public static final String TARGETS = "targets";

    /**
     * Checks the validation.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public ClassifierTask {
        if (validation.batchesPerEpoch() < 1) {
            throw new IllegalArgumentException("ClassifierTask: the validation must have a batch, got none");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the model's head has another number of classes than the data
     */
    @Override
    public Value loss() {
        Graph graph = model.trainingGraph(batch);
        Value logits = graph.outputs().get(ClassifierConfig.LOGITS);
        int classes = validation.classes();
        Shape expected = Shape.of(batch, classes);
        if (!logits.shape().equals(expected)) {
            throw new IllegalArgumentException("ClassifierTask: the model's output \"" + ClassifierConfig.LOGITS
                    + "\" must be " + expected + " for this data, got " + logits.shape()
                    + "; give the model a head for " + classes + " classes");
        }
        graph.scope("loss");
        return objective.apply(logits, graph.input(TARGETS, batch, classes));
    }

    @Override
    public WeightSource initialParameters() {
        return model.initialParameters();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch is not full
     */
    @Override
    public Map<String, Tensor> inputs(ClassificationBatch images, Step step) {
        if (images.count() != batch) {
            throw new IllegalArgumentException("ClassifierTask: every batch of the training must have " + batch
                    + " images, got one of " + images.count() + "; let the source drop a last batch that is not full");
        }
        return inputs(images);
    }

    /** The inputs of a training graph for a batch. */
    public static Map<String, Tensor> inputs(ClassificationBatch images) {
        return Map.of(ClassifierConfig.PIXELS, images.pixels(), TARGETS, images.targets());
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        ClassificationScores scores = scores(weights, backend, precision);
        List<Metric> metrics = new ArrayList<>(List.of(
                Metric.lower("loss", scores.meanLoss()),
                Metric.higher("top1", scores.topAccuracy(1)),
                Metric.higher("top5", scores.topAccuracy(5)),
                Metric.lower("calibration_error", scores.calibrationError())));
        if (judge.equals("mean_recall")) {
            metrics.add(Metric.higher(judge, scores.confusion().meanRecall()));
        }
        return new Metrics(metrics, judge);
    }

    /** Scores of weights on the validation images. */
    ClassificationScores scores(Parameters weights, Backend backend, Precision precision) {
        ClassificationScores scores = new ClassificationScores(validation.classes());
        int size = validation.batchSize();
        try (Program program = backend.compile(model.evaluationGraph(size), weights, precision);
                BatchIterator<ClassificationBatch> batches = validation.batches(0, 0)) {
            while (batches.hasNext()) {
                ClassificationBatch images = batches.next();
                Tensor pixels = Tensor.stack(List.of(images.pixels()), size); // the last batch may be smaller
                float[] logits = program.run(Map.of(ClassifierConfig.PIXELS, pixels))
                        .get(ClassifierConfig.LOGITS)
                        .toFloats(); // [B, K]
                for (int row = 0; row < images.count(); row++) {
                    int begin = row * validation.classes();
                    scores.add(Arrays.copyOfRange(logits, begin, begin + validation.classes()), images.labels()[row]);
                }
            }
        }
        return scores;
    }
}
