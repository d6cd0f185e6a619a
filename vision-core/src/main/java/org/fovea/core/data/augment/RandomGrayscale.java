package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/**
 * Takes all color out of an image with some probability: the three channels become its luma.
 *
 * @see <a href="https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomGrayscale.html">torchvision</a>
 */
public record RandomGrayscale(double probability) implements Photometric {
    /** Checks the probability. */
    public RandomGrayscale {
        Check.probability("RandomGrayscale: probability", probability);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        return random.nextDouble() < probability ? PixelOps.color(image, 0) : image;
    }
}
