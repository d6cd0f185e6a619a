package org.fovea.studies.waste;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.fovea.core.data.BatchMix;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageDataset;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.ColorJitter;
import org.fovea.core.data.augment.HorizontalFlip;
import org.fovea.core.data.augment.RandomResizedCrop;
import org.fovea.core.data.augment.Resize;
import org.fovea.core.dl4j.DataSetIterators;
import org.fovea.core.image.Resampling;
import org.fovea.core.tensor.Nd4jTensors;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a DeepLearning4j network with every layer of {@link org.fovea.core.dl4j} on labelled photographs, keeps the epoch that
 * does best on the validation images, saves and reloads it, and scores the test images once.
 */
public final class ClassifyWaste {
    private static final long SEED = 1;
    private static final double LEAST_AREA = 0.4;
    /** Largest difference of outputs of the reloaded network from those of the one saved. */
    private static final double SAME = 1e-6;

    private final DataSplits data;
    private final int pixels;
    private final int batch;

    private ClassifyWaste(DataSplits data, int pixels, int batch) {
        this.data = data;
        this.pixels = pixels;
        this.batch = batch;
    }

    /**
     * Result of a run.
     *
     * @param test share of the test images told right
     * @param majority share of the most frequent kind among them
     * @param difference the largest between outputs before saving and after reloading
     */
    record Result(double test, double majority, double difference) {
        boolean same() {
            return difference <= SAME;
        }
    }

    /**
     * Runs it; ends with status 1 when the reloaded network gives other outputs.
     *
     * @param args a directory or zip file of {@code train/<class>/*.jpg}, {@code val/…} and {@code test/…}; the file to save the
     *     network to; and optionally the epochs (30)
     * @throws IOException when the network cannot be saved or read
     */
    public static void main(String[] args) throws IOException {
        int epochs = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        Result result = run(Path.of(args[0]), Path.of(args[1]), 48, 64, 32, epochs);
        if (!result.same()) {
            System.exit(1);
        }
    }

    /** Trains, saves, reloads and scores. */
    static Result run(Path images, Path saved, int pixels, int width, int batch, int epochs) throws IOException {
        try (DataSplits data = DataSplits.open(images)) {
            System.out.println(data);
            ClassifyWaste study = new ClassifyWaste(data, pixels, batch);
            ComputationGraph trained = study.train(width, epochs);
            ModelSerializer.writeModel(trained, saved.toFile(), false);
            ComputationGraph reloaded = ModelSerializer.restoreComputationGraph(saved.toFile());
            return study.score(trained, reloaded);
        }
    }

    private ComputationGraph train(int width, int epochs) {
        try (ClassificationLoader loader = ClassificationLoader.training(
                        data.get(DataSplits.TRAIN),
                        pipeline(List.of(
                                RandomResizedCrop.of(pixels, LEAST_AREA, 1),
                                new HorizontalFlip(0.5),
                                new ColorJitter(0.2, 0.2, 0.2, 0))),
                        BatchMix.none(),
                        LoaderOptions.of(batch, SEED));
                ClassificationLoader validation = plain(data.get(DataSplits.VALIDATION))) {
            int steps = epochs * loader.batchesPerEpoch();
            WasteNetwork network = new WasteNetwork(pixels, loader.classes(), width, steps);
            ComputationGraph graph = new ComputationGraph(network.configuration(SEED));
            graph.init();
            System.out.printf("%d layers, %,d parameters%n", graph.getNumLayers(), graph.numParams());
            DataSetIterator batches = DataSetIterators.toDataSetIterator(loader);
            double best = -1;
            INDArray learned = graph.params().dup();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double right = epoch(epoch, graph, batches, validation);
                if (right > best) {
                    best = right;
                    learned.assign(graph.params());
                }
            }
            graph.setParams(learned);
            learned.close();
            return graph;
        }
    }

    /** The share of the validation images told right after one more epoch. */
    private double epoch(int number, ComputationGraph graph, DataSetIterator batches, ClassificationLoader validation) {
        long started = System.nanoTime();
        double loss = 0;
        int count = 0;
        for (; batches.hasNext(); count++) {
            DataSet next = batches.next();
            graph.fit(next);
            loss += graph.score() - decay(graph);
            free(next);
        }
        batches.reset();
        double right = evaluate(graph, validation).accuracy();
        System.out.printf(
                Locale.ROOT,
                "epoch %2d  loss %.3f  validation %.1f%%  %.0f s%n",
                number,
                loss / count,
                100 * right,
                (System.nanoTime() - started) / 1e9);
        return right;
    }

    /** The part of the last batch's score that weight decay adds. */
    private static double decay(ComputationGraph graph) {
        return Arrays.stream(graph.getLayers())
                .mapToDouble(layer -> layer.calcRegularizationScore(true))
                .sum();
    }

    private static Evaluation evaluate(ComputationGraph graph, ClassificationLoader images) {
        Evaluation out = new Evaluation(images.classNames());
        DataSetIterator batches = DataSetIterators.toDataSetIterator(images);
        while (batches.hasNext()) {
            DataSet next = batches.next();
            out.eval(next.getLabels(), graph.outputSingle(next.getFeatures()));
            free(next);
        }
        return out;
    }

    private Result score(ComputationGraph trained, ComputationGraph reloaded) {
        ImageDataset test = data.get("test");
        double difference;
        Evaluation scores;
        try (ClassificationLoader images = plain(test)) {
            difference = difference(trained, reloaded, images);
            scores = evaluate(reloaded, images);
        }
        double majority = Arrays.stream(test.counts()).max().orElseThrow() / (double) test.size();
        Result out = new Result(scores.accuracy(), majority, difference);
        System.out.printf(
                Locale.ROOT,
                "saved and reloaded: outputs differ by at most %.1e, %s%n",
                difference,
                out.same() ? "the same" : "NOT the same");
        for (int k = 0; k < test.classNames().size(); k++) {
            System.out.printf(Locale.ROOT, "  %-10s %.1f%%%n", test.classNames().get(k), 100 * scores.recall(k));
        }
        System.out.printf(
                Locale.ROOT, "test %.1f%% (the most frequent kind: %.1f%%)%n", 100 * out.test(), 100 * majority);
        return out;
    }

    /** The largest between the outputs of two networks. */
    private static double difference(ComputationGraph one, ComputationGraph other, ClassificationLoader images) {
        double worst = 0;
        DataSetIterator batches = DataSetIterators.toDataSetIterator(images);
        while (batches.hasNext()) {
            DataSet next = batches.next();
            double[] first = Nd4jTensors.doubles(one.outputSingle(next.getFeatures()));
            double[] second = Nd4jTensors.doubles(other.outputSingle(next.getFeatures()));
            for (int i = 0; i < first.length; i++) {
                worst = Math.max(worst, Math.abs(first[i] - second[i])); // not a number where one is not
            }
            free(next);
        }
        return worst;
    }

    private ClassificationLoader plain(ImageDataset images) {
        Augmentation resize = new Resize(pixels, pixels, Resampling.BILINEAR);
        return ClassificationLoader.evaluation(images, pipeline(List.of(resize)), LoaderOptions.of(batch, SEED));
    }

    private TrainingPipeline pipeline(List<Augmentation> changes) {
        return new TrainingPipeline(pixels, pixels, changes, PixelNormalization.imageNet());
    }

    private static void free(DataSet data) {
        data.getFeatures().close();
        data.getLabels().close();
    }
}
