package org.fovea.core.data;

/**
 * Samples of any kind by index: images with classes, with masks, with captions or with questions; thread-safe.
 *
 * @param <S> type of a sample, such as a reference to a file that is read later
 */
public interface Dataset<S> {
    /** Name of the data set in errors. */
    String name();

    /** The number of samples. */
    int size();

    /**
     * Sample at an index.
     *
     * @param index from 0 to {@link #size} - 1
     */
    S get(int index);
}
