package org.fovea.core.data.augment;

import static org.fovea.core.data.augment.ImageTransform.AUTO_CONTRAST;
import static org.fovea.core.data.augment.ImageTransform.BRIGHTNESS;
import static org.fovea.core.data.augment.ImageTransform.COLOR;
import static org.fovea.core.data.augment.ImageTransform.CONTRAST;
import static org.fovea.core.data.augment.ImageTransform.EQUALIZE;
import static org.fovea.core.data.augment.ImageTransform.INVERT;
import static org.fovea.core.data.augment.ImageTransform.POSTERIZE;
import static org.fovea.core.data.augment.ImageTransform.ROTATE;
import static org.fovea.core.data.augment.ImageTransform.SHARPNESS;
import static org.fovea.core.data.augment.ImageTransform.SHEAR_Y;
import static org.fovea.core.data.augment.ImageTransform.SOLARIZE;
import static org.fovea.core.data.augment.ImageTransform.TRANSLATE_X;
import static org.fovea.core.data.augment.ImageTransform.TRANSLATE_Y;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One pair of changes at random from a learned policy, each made with a probability and a magnitude of its own; immutable.
 *
 * <p>Magnitudes are levels from 0 to 9. Departures from the paper, all of them torchvision's too: brightness, contrast, color
 * and sharpness go up or down from 1 by up to 0.9 rather than from 0.1 to 1.9, translations are up to 45% of the image's
 * side, and where an image was turned or moved away one color fills it.
 *
 * @see <a href="https://arxiv.org/abs/1805.09501">Cubuk et al. 2018, tables 6 and 7</a>
 */
public final class AutoAugment implements Augmentation {
    private static final double LEVELS = 9;
    private static final int MIDDLE_GRAY = 0x808080;
    /** Placeholder for operations without a magnitude. */
    private static final int ANY = 0;

    /** Policy learned on a part of CIFAR-10, table 7. */
    static final List<Pair> CIFAR10 = List.of(
            pair(INVERT, 0.1, ANY, CONTRAST, 0.2, 6),
            pair(ROTATE, 0.7, 2, TRANSLATE_X, 0.3, 9),
            pair(SHARPNESS, 0.8, 1, SHARPNESS, 0.9, 3),
            pair(SHEAR_Y, 0.5, 8, TRANSLATE_Y, 0.7, 9),
            pair(AUTO_CONTRAST, 0.5, ANY, EQUALIZE, 0.9, ANY),
            pair(SHEAR_Y, 0.2, 7, POSTERIZE, 0.3, 7),
            pair(COLOR, 0.4, 3, BRIGHTNESS, 0.6, 7),
            pair(SHARPNESS, 0.3, 9, BRIGHTNESS, 0.7, 9),
            pair(EQUALIZE, 0.6, ANY, EQUALIZE, 0.5, ANY),
            pair(CONTRAST, 0.6, 7, SHARPNESS, 0.6, 5),
            pair(COLOR, 0.7, 7, TRANSLATE_X, 0.5, 8),
            pair(EQUALIZE, 0.3, ANY, AUTO_CONTRAST, 0.4, ANY),
            pair(TRANSLATE_Y, 0.4, 3, SHARPNESS, 0.2, 6),
            pair(BRIGHTNESS, 0.9, 6, COLOR, 0.2, 8),
            pair(SOLARIZE, 0.5, 2, INVERT, 0, ANY),
            pair(EQUALIZE, 0.2, ANY, AUTO_CONTRAST, 0.6, ANY),
            pair(EQUALIZE, 0.2, ANY, EQUALIZE, 0.6, ANY),
            pair(COLOR, 0.9, 9, EQUALIZE, 0.6, ANY),
            pair(AUTO_CONTRAST, 0.8, ANY, SOLARIZE, 0.2, 8),
            pair(BRIGHTNESS, 0.1, 3, COLOR, 0.7, 0),
            pair(SOLARIZE, 0.4, 5, AUTO_CONTRAST, 0.9, ANY),
            pair(TRANSLATE_Y, 0.9, 9, TRANSLATE_Y, 0.7, 9),
            pair(AUTO_CONTRAST, 0.9, ANY, SOLARIZE, 0.8, 3),
            pair(EQUALIZE, 0.8, ANY, INVERT, 0.1, ANY),
            pair(TRANSLATE_Y, 0.7, 9, AUTO_CONTRAST, 0.9, ANY));

    /** One change of a pair. */
    record Part(ImageTransform change, double probability, int magnitude) {
        AnnotatedImage apply(AnnotatedImage sample, int fill, RandomGenerator random) {
            return random.nextDouble() < probability
                    ? change.apply(sample, magnitude / LEVELS, MagnitudeRange.PAPER, fill, random)
                    : sample;
        }
    }

    /** Two changes, one after the other. */
    record Pair(Part first, Part second) {}

    private final String name;
    private final List<Pair> policy;
    private final int fill;

    AutoAugment(String name, List<Pair> policy, int fill) {
        this.name = name;
        this.policy = List.copyOf(policy);
        this.fill = fill;
    }

    private static Pair pair(
            ImageTransform first, double p, int magnitude, ImageTransform second, double q, int otherMagnitude) {
        return new Pair(new Part(first, p, magnitude), new Part(second, q, otherMagnitude));
    }

    /** Policy for CIFAR-10: mostly changes of color. */
    public static AutoAugment cifar10() {
        return new AutoAugment("AutoAugment[cifar10]", CIFAR10, MIDDLE_GRAY);
    }

    @Override
    public AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        Pair pair = policy.get(random.nextInt(policy.size()));
        return pair.second().apply(pair.first().apply(sample, fill, random), fill, random);
    }

    @Override
    public String toString() {
        return name;
    }
}
