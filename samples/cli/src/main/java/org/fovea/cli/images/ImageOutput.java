package org.fovea.cli.images;

import java.io.IOException;
import org.fovea.cli.terminal.Failures;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;

/** Files beside the report, one for each image. */
public interface ImageOutput {
    /**
     * Receives each image in turn, before any thread reads it.
     *
     * @param done whether an earlier run has finished it
     */
    void announce(ImageInput input, boolean done);

    /**
     * Refuses an image whose file may not be written, before work is spent on it; any thread may ask.
     *
     * @throws ImageException when it may not
     */
    default void check(ImageInput input) {}

    /**
     * Returns whether the files of an image that an earlier run has finished are there; where they are not, it is computed again.
     * Asked after {@link #announce}.
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
     * @throws ImageException when it cannot be written: that is this image's failure, the others go on
     */
    static void write(ImageInput input, Writing writing) {
        try {
            writing.write();
        } catch (IOException | OutOfMemoryError e) {
            throw new ImageException(input.name(), Failures.text(e), e);
        }
    }
}
