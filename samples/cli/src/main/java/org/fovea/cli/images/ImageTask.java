package org.fovea.cli.images;

import java.util.function.Consumer;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;

/**
 * A loaded model with what the command line asks of it.
 *
 * @param <R> type of the result for an image
 */
public interface ImageTask<R> extends AutoCloseable {
    /** The loading of a task. */
    interface Loader<R> {
        /**
         * Loads the model.
         *
         * @param batch number of images computed together
         * @throws IllegalArgumentException when options do not fit the model, so the command line is wrong
         */
        ImageTask<R> load(Backend backend, int batch);
    }

    /** Reports an outcome for each image, in order. */
    void run(SelectedImages images, Consumer<Outcome<ImageInput, R>> results);

    /**
     * Writes all intermediate results for an image to the file of {@code --dump}, and returns the same result as {@link #run}.
     */
    R dump(ImageInput input, RgbImage image);

    /**
     * Writes the files of a result, before it is reported.
     *
     * @throws org.fovea.core.image.ImageException when they cannot be written, which fails this image
     */
    default void write(ImageInput input, R result) {}

    @Override
    void close();
}
