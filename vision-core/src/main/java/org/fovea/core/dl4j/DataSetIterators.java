package org.fovea.core.dl4j;

import org.fovea.core.data.ClassificationSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The bridge to DeepLearning4j: its iterators as batch sources, and batch sources as its iterators. */
public final class DataSetIterators {
    private DataSetIterators() {}

    /**
     * Wraps a DeepLearning4j iterator as a batch source. Features are {@code [B, C, H, W]}, labels {@code [B, K]}.
     *
     * <p>Batches are made by the reading thread, and every epoch consists of the iterator's batches after a reset. Reading from
     * the middle of an epoch skips the batches before. Only one epoch can be read at a time. The iterator is read once here, to
     * count its batches.
     *
     * @param iterator iterator that can be reset; the caller closes it
     * @throws IllegalArgumentException when it cannot be reset, has no batches, or its arrays have other shapes
     */
    public static ClassificationSource toBatchSource(DataSetIterator iterator) {
        return new Dl4jBatchSource(iterator);
    }

    /**
     * Wraps a batch source as a DeepLearning4j iterator: epoch 0 at first, and the next epoch after each reset. Its arrays live
     * outside workspaces and are freed by the garbage collector unless closed.
     *
     * @param source closed by the caller
     */
    public static DataSetIterator toDataSetIterator(ClassificationSource source) {
        return new SourceDataSetIterator(source);
    }
}
