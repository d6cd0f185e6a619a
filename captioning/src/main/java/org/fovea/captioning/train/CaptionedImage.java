package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.ImageSource;
import org.fovea.core.data.NotedImage;

/**
 * An image that is not read yet, and what people wrote about it.
 *
 * @param name of it in errors and reports, such as {@code images/000001.png}
 * @param captions as they were written, at least one
 * @param words of each caption in lower case, without punctuation, separated by spaces
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
