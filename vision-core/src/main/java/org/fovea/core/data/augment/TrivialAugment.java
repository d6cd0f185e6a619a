package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;

/**
 * One change at random, of a random strength; without anything to tune.
 *
 * @param fill color, {@code 0xRRGGBB}, of areas that a rotated or shifted image does not cover
 * @see <a href="https://arxiv.org/abs/2103.10158">Müller and Hutter 2021, table 1, the wide space</a>
 */
public record TrivialAugment(int fill) implements Augmentation {
    @Override
    public AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        ImageTransform change = ImageTransform.PAPER.get(random.nextInt(ImageTransform.PAPER.size()));
        return change.apply(sample, random.nextDouble(), MagnitudeRange.WIDE, fill, random);
    }
}
