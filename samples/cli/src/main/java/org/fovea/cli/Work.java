package org.fovea.cli;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * What is done with decoded images.
 *
 * @param <T> an image as the second step takes it
 */
interface Work<T> {
    /** The first step, on several threads. */
    T prepare(RgbImage image);

    /** How many images the second step takes at most. */
    int batch();

    /** The second step, on one thread; an outcome for each image, in order. */
    List<Outcome> finish(List<String> files, List<T> images);
}
