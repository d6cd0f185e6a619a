package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.ImageSource;
import org.fovea.core.data.NotedImage;

/**
 * An image that is not read yet, and what people wrote about it.
 *
 * @param name name of the image in errors and reports, such as {@code images/000001.png}
 * @param captions original captions, at least one
 * @param words words of each caption: lower case, without punctuation, separated by spaces
 */
public record CaptionedImage(String name, ImageSource source, List<String> captions, List<String> words)
        implements NotedImage<String> {
    /** Copies the lists. */
    public CaptionedImage {
        captions = List.copyOf(captions);
        words = List.copyOf(words);
    }

    @Override
    public List<String> notes() {
        return words;
    }
}
