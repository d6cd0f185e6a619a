package org.fovea.cli.bench;

import java.nio.file.Path;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.train.TrainingConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.train.ClassifierTraining;
import org.fovea.vit.train.TrainingData;

/** A recipe's training images on their way to the model, for measuring how fast they come. Not thread-safe. */
public final class LoaderTrial implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final TrainingData data;
    private final ClassificationLoader loader;
    private BatchIterator<ClassificationBatch> batches;
    private int epoch;

    /**
     * Speed at which batches come with nothing beside it.
     *
     * @param images number of images of the first pass
     * @param firstPerSecond images per second when they are read and decoded
     * @param laterPerSecond images per second when they come from memory, as far as they fit
     */
    public record Speed(int images, double firstPerSecond, double laterPerSecond) {}

    private LoaderTrial(TrainingData data, ClassificationLoader loader) {
        this.data = data;
        this.loader = loader;
    }

    /**
     * Opens the images like a training run.
     *
     * @param config configuration whose image size is used
     * @param threads number of threads that decode and augment images
     * @throws org.fovea.core.data.DataSetException when the data cannot train a classifier
     */
    static LoaderTrial open(Path images, TrainingConfig recipe, ClassifierConfig config, int threads) {
        TrainingData data = TrainingData.open(images, recipe);
        try {
            SamplePipeline pipeline = ClassifierTraining.pipeline(
                    recipe, config.imageHeight(), config.imageWidth(), ClassifierTraining.normalization(recipe));
            return new LoaderTrial(data, data.trainingBatches(recipe, pipeline, threads));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** The number of classes of the images. */
    int classes() {
        return data.labels().size();
    }

    /** Measures the loader without training, for at most about twice {@code seconds}. */
    Speed speed(double seconds) {
        int count = 0;
        long start = System.nanoTime();
        try (BatchIterator<ClassificationBatch> first = loader.batches(0, 0)) {
            do {
                first.next();
                count++;
            } while (first.hasNext() && System.nanoTime() - start < seconds * NANOS_PER_SECOND);
        }
        double firstSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        start = System.nanoTime();
        try (BatchIterator<ClassificationBatch> later = loader.batches(0, 0)) {
            for (int i = 0; i < count; i++) {
                later.next();
            }
        }
        double laterSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        int images = count * loader.batchSize();
        return new Speed(images, images / firstSeconds, images / laterSeconds);
    }

    /** Next batch, epoch after epoch. */
    ClassificationBatch next() {
        if (batches == null || !batches.hasNext()) {
            closeBatches();
            batches = loader.batches(epoch, 0);
            epoch++;
        }
        return batches.next();
    }

    private void closeBatches() {
        if (batches != null) {
            batches.close();
        }
    }

    @Override
    public void close() {
        closeBatches();
        loader.close();
        data.close();
    }
}
