package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.ImageSource;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * An image that is not read yet, and what people wrote about it.
 *
 * @param name of it in errors and reports, such as {@code images/000001.png}
 * @param captions as they were written, at least one
 * @param words of each caption in lower case, without punctuation, separated by spaces
 */
public record CaptionedImage(String name, ImageSource source, List<String> captions, List<String> words) {
    /** Copies the lists. */
    public CaptionedImage {
        captions = List.copyOf(captions);
        words = List.copyOf(words);
    }

    /**
     * Decodes the image.
     *
     * @throws ImageException when it cannot be read
     */
    public RgbImage decode(ImageDecoder decoder) {
        return source.decode(decoder, name);
    }
}
