package org.fovea.core.data;

import java.util.List;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * An image that is not read yet, with notes about it, such as captions or questions.
 *
 * @param <N> type of a note
 */
public interface NotedImage<N> {
    /** Name of the image in errors and reports, such as {@code images/000001.png}. */
    String name();

    /** Source of the encoded image. */
    ImageSource source();

    /** Notes of the image, at least one. */
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
