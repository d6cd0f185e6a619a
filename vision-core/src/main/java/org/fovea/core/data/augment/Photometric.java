package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/** A random change of colors: masks and boxes stay as they are. */
@FunctionalInterface
public interface Photometric extends Augmentation {
    /** Changes the pixels of an image, keeping its size; returns the given object if nothing changes. */
    @Override
    RgbImage apply(RgbImage image, RandomGenerator random);

    @Override
    default AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        return sample.withImage(apply(sample.image(), random));
    }
}
