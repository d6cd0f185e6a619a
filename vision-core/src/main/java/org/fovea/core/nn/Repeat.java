package org.fovea.core.nn;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/** Values of images for the several texts of each. */
public final class Repeat {
    private Repeat() {}

    /**
     * Repeats each row for the texts of its image.
     *
     * @param x {@code [images, ...]}
     * @param rows a multiple of the images
     * @return {@code [rows, ...]}
     */
    public static Value rows(Value x, int rows) {
        int[] sizes = x.shape().toArray();
        int images = sizes[0];
        if (images == rows) {
            return x;
        }
        int each = (int) (x.shape().size() / images);
        sizes[0] = rows;
        return x.reshape(images, 1, each)
                .broadcast(Shape.of(images, rows / images, each))
                .reshape(sizes);
    }
}
