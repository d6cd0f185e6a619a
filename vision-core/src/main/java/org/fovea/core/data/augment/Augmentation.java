package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/**
 * A random change to an image and what is marked on it; thread-safe, and the same for the same state of the generator.
 * {@link Geometric} ones move pixels, masks and boxes alike, {@link Photometric} ones change colors alone.
 *
 * <p>Values of this type print as the recipe they stand for.
 */
public interface Augmentation {
    /** Changes an image with its masks and boxes; returns the given object if nothing changes. */
    AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random);

    /** Changes an image; returns the given object if nothing changes. */
    default RgbImage apply(RgbImage image, RandomGenerator random) {
        return apply(AnnotatedImage.of(image), random).image();
    }

    /** Applies several augmentations one after the other. */
    static Augmentation sequence(List<Augmentation> steps) {
        return new Sequence(steps);
    }
}
