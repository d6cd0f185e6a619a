package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Orientation;
import org.fovea.core.image.RgbImage;

/**
 * Turns by quarters and mirrors, each of the eight ways alike: for things photographed from above, which have no upright.
 * Images that are not square change their shape.
 *
 * @param probability of doing so, in [0, 1]
 */
public record RandomOrientation(double probability) implements Augmentation {
    /** Checks the probability. */
    public RandomOrientation {
        Check.probability("RandomOrientation: probability", probability);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return image;
        }
        Orientation[] all = Orientation.values();
        return all[random.nextInt(all.length)].apply(image);
    }
}
