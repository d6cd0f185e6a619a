package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/**
 * A random change to an image that leaves its class alone; thread-safe, and the same for the same state of the generator.
 *
 * <p>Values of this type print as the recipe they stand for.
 */
@FunctionalInterface
public interface Augmentation {
    /** The changed image; the given one where nothing changes. */
    RgbImage apply(RgbImage image, RandomGenerator random);

    /** Several changes, one after the other. */
    static Augmentation sequence(List<Augmentation> steps) {
        return new Sequence(steps);
    }
}
