package org.fovea.core.data;

import java.util.List;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.tensor.Shape;

/**
 * Batches of images and their classes from a {@link BatchLoader}.
 *
 * <pre>{@code
 * try (DataSplits splits = DataSplits.open(Path.of("cifar10.zip"));
 *         ClassificationLoader loader = ClassificationLoader.training(
 *                 splits.get("train"), pipeline, BatchMix.none(), LoaderOptions.of(128, 1));
 *         BatchIterator<ClassificationBatch> batches = loader.batches(0, 0)) {
 *     while (batches.hasNext()) {
 *         train(batches.next());
 *     }
 * }
 * }</pre>
 */
public final class ClassificationLoader implements ClassificationSource {
    private final ImageDataset data;
    private final Shape imageShape;
    private final BatchLoader<ClassificationBatch> loader;

    private ClassificationLoader(ImageDataset data, Shape imageShape, BatchLoader<ClassificationBatch> loader) {
        this.data = data;
        this.imageShape = imageShape;
        this.loader = loader;
    }

    /**
     * Batches in a different order each epoch; a broken image is replaced by the next one in the order.
     *
     * @throws DataSetException when the data cannot train a classifier, or do not fill one batch and incomplete batches are
     *     dropped
     */
    public static ClassificationLoader training(
            ImageDataset data, SamplePipeline pipeline, BatchMix mix, LoaderOptions options) {
        data.checkTrainable();
        return new ClassificationLoader(
                data, pipeline.shape(), BatchLoader.shuffled(data, format(data, pipeline, mix), options));
    }

    /** Batches of all images in the data set's order, unmixed; broken images are left out. */
    public static ClassificationLoader evaluation(ImageDataset data, SamplePipeline pipeline, LoaderOptions options) {
        return new ClassificationLoader(
                data, pipeline.shape(), BatchLoader.inOrder(data, format(data, pipeline, BatchMix.none()), options));
    }

    private static ClassificationFormat format(ImageDataset data, SamplePipeline pipeline, BatchMix mix) {
        return new ClassificationFormat(
                ImageDecoder.create(), pipeline, mix, data.classNames().size());
    }

    @Override
    public List<String> classNames() {
        return data.classNames();
    }

    @Override
    public Shape imageShape() {
        return imageShape;
    }

    @Override
    public int batchSize() {
        return loader.batchSize();
    }

    @Override
    public int batchesPerEpoch() {
        return loader.batchesPerEpoch();
    }

    @Override
    public BatchIterator<ClassificationBatch> batches(int epoch, int firstBatch) {
        return loader.batches(epoch, firstBatch);
    }

    /** Names and problems of the broken images found so far; complete after one epoch. */
    public List<BrokenImage> broken() {
        return loader.broken();
    }

    @Override
    public void close() {
        loader.close();
    }

    @Override
    public String toString() {
        return loader.toString();
    }
}
