package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Orientation;
import org.fovea.core.image.RgbImage;

/**
 * Mirrors left and right.
 *
 * @param probability of mirroring, in [0, 1]; 0.5 as a rule
 */
public record HorizontalFlip(double probability) implements Augmentation {
    /** Checks the probability. */
    public HorizontalFlip {
        Check.probability("HorizontalFlip: probability", probability);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        return random.nextDouble() < probability ? Orientation.MIRROR.apply(image) : image;
    }
}
