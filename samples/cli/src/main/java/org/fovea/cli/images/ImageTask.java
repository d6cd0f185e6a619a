package org.fovea.cli.images;

import java.util.function.Consumer;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;

/**
 * A loaded model with what the command line asks of it.
 *
 * @param <R> result of an image
 */
public interface ImageTask<R> extends AutoCloseable {
    /** The loading of a task. */
    interface Loader<R> {
        /**
         * Loads the model.
         *
         * @param batch images computed at once
         * @throws IllegalArgumentException when options do not suit the model: the command line is wrong
         */
        ImageTask<R> load(Backend backend, int batch);
    }

    /** Reports an outcome for each image, in order. */
    void run(SelectedImages images, Consumer<Outcome<ImageInput, R>> results);

    /** Writes what the model computes of an image where {@code --dump} says, and gives the result of {@link #run}. */
    R dump(ImageInput input, RgbImage image);

    /**
     * Writes the files of a result, before it is reported.
     *
     * @throws org.fovea.core.image.ImageException when they cannot be written: that is this image's failure
     */
    default void write(ImageInput input, R result) {}

    @Override
    void close();
}
