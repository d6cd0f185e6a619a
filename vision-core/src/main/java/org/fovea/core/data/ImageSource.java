package org.fovea.core.data;

import java.io.IOException;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/** The source of one image's file; thread-safe. */
@FunctionalInterface
public interface ImageSource {
    /** Reads the bytes of the encoded image, such as a whole JPEG or PNG file. */
    byte[] read() throws IOException;

    /**
     * Reads and decodes the image.
     *
     * @param name name of the image in errors
     * @throws ImageException when it cannot be read
     */
    default RgbImage decode(ImageDecoder decoder, String name) {
        try {
            return decoder.decode(read(), name);
        } catch (IOException e) {
            throw new ImageException(name, "reading failed: " + e, e);
        }
    }
}
