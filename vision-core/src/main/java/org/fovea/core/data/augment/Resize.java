package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;

/**
 * Stretches an image to a size.
 *
 * @param height rows of the result
 * @param width columns of the result
 */
public record Resize(int height, int width, Resampling filter) implements Augmentation {
    /** Checks the size. */
    public Resize {
        Check.positive("Resize: height", height);
        Check.positive("Resize: width", width);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        return PillowResize.resize(image, height, width, filter);
    }
}
