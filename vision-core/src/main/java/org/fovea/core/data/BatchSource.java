package org.fovea.core.data;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * What a training or evaluation loop reads: epochs of batches, each of which can begin at any batch.
 *
 * <p>The same (epoch, firstBatch) gives the same batches to the bit where the source is deterministic, as
 * {@link BatchLoader} is; a run that was interrupted asks for the rest of its epoch.
 */
public interface BatchSource extends AutoCloseable {
    /** The number of classes, K. */
    default int classes() {
        return classNames().size();
    }

    /** The names of the classes in the order of their indices. */
    List<String> classNames();

    /** One image's shape, {@code [C, H, W]}. */
    Shape imageShape();

    /** The number of images in a batch, B; the last batch of an epoch may hold fewer. */
    int batchSize();

    /** The number of batches in an epoch. */
    int batchesPerEpoch();

    /**
     * The batches of an epoch from one of them on.
     *
     * @param epoch from 0
     * @param firstBatch from 0 to {@link #batchesPerEpoch()}, where nothing is left
     * @throws IllegalArgumentException when either lies outside
     */
    BatchIterator batches(int epoch, int firstBatch);

    /** Ends background work; iterators still open fail. */
    @Override
    void close();
}
