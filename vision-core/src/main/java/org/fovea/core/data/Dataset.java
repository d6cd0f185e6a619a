package org.fovea.core.data;

/**
 * Samples of any kind by index: images with classes, with masks, with captions or with questions; thread-safe.
 *
 * @param <S> one sample, not read yet where reading takes time
 */
public interface Dataset<S> {
    /** The name that errors call this data set. */
    String name();

    /** The number of samples. */
    int size();

    /**
     * One sample.
     *
     * @param index from 0 to {@link #size} - 1
     */
    S get(int index);
}
