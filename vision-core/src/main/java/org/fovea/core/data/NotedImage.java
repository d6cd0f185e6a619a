package org.fovea.core.data;

import java.util.List;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * An image that is not read yet, with notes about it, such as captions or questions.
 *
 * @param <N> one note
 */
public interface NotedImage<N> {
    /** The name in errors and reports, such as {@code images/000001.png}. */
    String name();

    /** The place of the encoded image. */
    ImageSource source();

    /** The notes, at least one. */
    List<N> notes();

    /**
     * Decodes the image.
     *
     * @throws ImageException when it cannot be read
     */
    default RgbImage decode(ImageDecoder decoder) {
        return source().decode(decoder, name());
    }
}
