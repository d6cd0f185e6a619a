package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A few changes at random from a list, all of one magnitude; immutable.
 *
 * @see <a href="https://arxiv.org/abs/1909.13719">Cubuk et al. 2020, figures 2 and 4</a>
 */
public final class RandAugment implements Augmentation {
    private static final double PAPER_LEVELS = 30;
    private static final double TIMM_LEVELS = 10;
    /** Mean color of ImageNet. */
    private static final int DEFAULT_FILL = 0x7c7468;

    private final String name;
    private final List<ImageTransform> changes;
    private final MagnitudeRange most;
    private final int count;
    private final double level;
    private final double deviation;
    private final double probability;
    private final int fill;

    private RandAugment(
            String name,
            List<ImageTransform> changes,
            MagnitudeRange most,
            int count,
            double level,
            double deviation,
            double probability,
            int fill) {
        this.name = name;
        this.changes = changes;
        this.most = most;
        this.count = count;
        this.level = level;
        this.deviation = deviation;
        this.probability = probability;
        this.fill = fill;
    }

    /**
     * RandAugment of the paper: {@code count} of its 14 changes, each of this magnitude.
     *
     * @param count N, at least 1
     * @param magnitude M, from 0 to 30
     * @throws IllegalArgumentException when one is out of range
     */
    public static RandAugment paper(int count, double magnitude) {
        if (count < 1 || !(magnitude >= 0 && magnitude <= PAPER_LEVELS)) {
            throw new IllegalArgumentException(
                    "RandAugment: count must be at least 1 and magnitude lie in [0, 30], got " + count + " and "
                            + magnitude);
        }
        return new RandAugment(
                "RandAugment[count=" + count + ", magnitude=" + magnitude + "]",
                ImageTransform.PAPER,
                MagnitudeRange.PAPER,
                count,
                magnitude / PAPER_LEVELS,
                0,
                1,
                DEFAULT_FILL);
    }

    /**
     * RandAugment of timm, by its name such as {@code rand-m9-mstd0.5-inc1}: two of 15 changes, each with probability 0.5, with
     * a normally distributed magnitude and changes that increase with it.
     *
     * @param name {@code rand}, then in any order {@code m} magnitude 0 to 10, {@code n} number of changes (2), {@code mstd}
     *     standard deviation (0), {@code p} probability (0.5) and {@code inc1}, which is required
     * @throws IllegalArgumentException when it has another form
     * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, auto_augment.py</a>
     */
    public static RandAugment timm(String name) {
        TimmName parts = TimmName.parse(name);
        return new RandAugment(
                "RandAugment[" + name + "]",
                ImageTransform.TIMM,
                MagnitudeRange.INCREASING,
                parts.count(),
                parts.magnitude() / TIMM_LEVELS,
                parts.deviation() / TIMM_LEVELS,
                parts.probability(),
                DEFAULT_FILL);
    }

    @Override
    public AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        AnnotatedImage out = sample;
        for (int i = 0; i < count; i++) {
            ImageTransform change = changes.get(random.nextInt(changes.size()));
            if (probability < 1 && random.nextDouble() >= probability) {
                continue;
            }
            double l = deviation > 0 ? level + deviation * random.nextGaussian() : level;
            out = change.apply(out, Math.max(0, Math.min(1, l)), most, fill, random);
        }
        return out;
    }

    @Override
    public String toString() {
        return name;
    }
}
