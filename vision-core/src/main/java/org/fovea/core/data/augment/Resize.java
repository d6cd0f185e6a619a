package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Resampling;

/**
 * Stretches an image to a size.
 *
 * @param height height of the result in pixels
 * @param width width of the result in pixels
 */
public record Resize(int height, int width, Resampling filter) implements Geometric {
    /** Checks the size. */
    public Resize {
        Check.positive("Resize: height", height);
        Check.positive("Resize: width", width);
    }

    @Override
    public Geometry draw(int rows, int columns, RandomGenerator random) {
        return Geometry.part(0, 0, rows, columns, height, width, filter);
    }
}
