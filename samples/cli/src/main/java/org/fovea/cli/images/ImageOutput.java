package org.fovea.cli.images;

import java.io.IOException;
import org.fovea.cli.terminal.Failures;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;

/** Files beside the report, one for each image. */
public interface ImageOutput {
    /**
     * Receives each image in order, before any thread reads it.
     *
     * @param done whether an earlier run has finished it
     */
    void announce(ImageInput input, boolean done);

    /**
     * Refuses an image whose file must not be written, before work is spent on it; called on any thread.
     *
     * @throws ImageException when the file must not be written
     */
    default void check(ImageInput input) {}

    /**
     * Returns whether the files of an image that an earlier run has finished exist; otherwise it is computed again. Called
     * after {@link #announce}.
     */
    default boolean isThere(ImageInput input) {
        return true;
    }

    /** The making of a file. */
    interface Writing {
        void write() throws IOException;
    }

    /**
     * Writes a file of an image.
     *
     * @throws ImageException when it cannot be written, which fails this image but not the others
     */
    static void write(ImageInput input, Writing writing) {
        try {
            writing.write();
        } catch (IOException | OutOfMemoryError e) {
            throw new ImageException(input.name(), Failures.text(e), e);
        }
    }
}
