package org.fovea.core.data;

import java.util.random.RandomGenerator;
import org.fovea.core.tensor.Shape;

/** Mixes the images of a batch with each other, and their targets alike; thread-safe. */
public interface BatchMix {
    /**
     * Changes a batch in place.
     *
     * @param pixels {@code [B, C, H, W]}
     * @param shape shape of one image, {@code [C, H, W]}
     * @param targets {@code [B, K]}, a probability distribution in each row before and after
     * @param count number of images, B
     * @param epoch from 0
     */
    void mix(float[] pixels, Shape shape, float[] targets, int count, int epoch, RandomGenerator random);

    /** No mixing. */
    static BatchMix none() {
        return (pixels, shape, targets, count, epoch, random) -> {};
    }
}
