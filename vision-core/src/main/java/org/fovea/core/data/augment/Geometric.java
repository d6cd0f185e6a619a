package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;

/** A random movement of pixels: image, masks and boxes go the same way. */
@FunctionalInterface
public interface Geometric extends Augmentation {
    /** Draws a random geometric transformation for an image of this size. */
    Geometry draw(int height, int width, RandomGenerator random);

    @Override
    default AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        return sample.moved(draw(sample.image().height(), sample.image().width(), random));
    }
}
