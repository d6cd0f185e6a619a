package org.fovea.core.hub;

import java.nio.file.Path;
import org.fovea.core.ModelFormatException;
import org.fovea.core.image.ImageProcessor;

/** Fits models that take several image sizes to the images that a checkpoint's preprocessing makes. */
public final class ImageFit {
    private static final String CURE =
            ". Check that config.json and preprocessor_config.json come from the same model.";

    private ImageFit() {}

    /**
     * A model for images of a size.
     *
     * @param <M> type of the model
     */
    @FunctionalInterface
    public interface Sizing<M> {
        /**
         * Creates the model for a size.
         *
         * @throws IllegalArgumentException when it does not support that size
         */
        M withImage(int height, int width);
    }

    /**
     * Checks the channels of an image.
     *
     * @param channels number of channels that the model expects
     * @throws ModelFormatException when the preprocessing produces another number
     */
    public static void checkChannels(Path directory, ImageProcessor processor, int channels) {
        if (processor.channels() != channels) {
            throw new ModelFormatException(directory + ": preprocessing and model must agree on the image's channels,"
                    + " got " + processor.channels() + " and " + channels + CURE);
        }
    }

    /**
     * Creates the model for a size that the user requested.
     *
     * @throws IllegalArgumentException when it does not support that size
     */
    public static <M> M asked(ImageProcessor processor, Sizing<M> model) {
        return model.withImage(processor.height(), processor.width());
    }

    /**
     * Creates the model for the size of the checkpoint's own preprocessing.
     *
     * @throws ModelFormatException when it does not support that size, which is then an error in the checkpoint
     */
    public static <M> M own(Path directory, ImageProcessor processor, Sizing<M> model) {
        try {
            return asked(processor, model);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(
                    directory + ": preprocessing must make images that the model takes, got " + e.getMessage() + CURE,
                    e);
        }
    }
}
