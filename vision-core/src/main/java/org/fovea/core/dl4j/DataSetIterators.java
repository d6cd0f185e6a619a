package org.fovea.core.dl4j;

import org.fovea.core.data.ClassificationSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The bridge to DeepLearning4j: its iterators as batch sources, and batch sources as its iterators. */
public final class DataSetIterators {
    private DataSetIterators() {}

    /**
     * A DeepLearning4j iterator as a batch source. Features are {@code [B, C, H, W]}, labels {@code [B, K]}.
     *
     * <p>Batches are made in the reading thread, and every epoch is what the iterator gives after a reset. Reading from
     * the middle of an epoch passes over what lies before. One epoch can be read at a time. The iterator is read through
     * once here, to count its batches.
     *
     * @param iterator one that can be reset; stays the caller's
     * @throws IllegalArgumentException when it cannot be reset, has no batch, or its arrays have other shapes
     */
    public static ClassificationSource toBatchSource(DataSetIterator iterator) {
        return new Dl4jBatchSource(iterator);
    }

    /**
     * A batch source as a DeepLearning4j iterator: epoch 0 at first, and after each reset the next epoch. Its arrays live
     * outside workspaces and are freed by the garbage collector unless closed.
     *
     * @param source closed by the caller
     */
    public static DataSetIterator toDataSetIterator(ClassificationSource source) {
        return new SourceDataSetIterator(source);
    }
}
