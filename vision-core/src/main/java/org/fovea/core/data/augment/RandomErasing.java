package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/**
 * Covers a random rectangle of the image with noise, each sample from 0 to 255 alike; masks show what is behind it.
 *
 * @param probability probability of covering a rectangle
 * @param leastArea smallest fraction of the image's area, above 0
 * @param mostArea largest fraction of the image's area, at most 1
 * @see <a href="https://arxiv.org/abs/1708.04896">Zhong et al. 2017, algorithm 1</a>
 */
public record RandomErasing(double probability, double leastArea, double mostArea) implements Photometric {
    private static final int TRIES = 10;
    /** Smallest ratio of a rectangle's sides, r1 of the paper; the largest is its inverse. */
    private static final double LEAST_RATIO = 0.3;

    /** Checks the ranges. */
    public RandomErasing {
        Check.probability("RandomErasing: probability", probability);
        Check.range("RandomErasing: area", leastArea, mostArea);
        Check.that(mostArea <= 1, "RandomErasing: the area", "be at most 1", mostArea);
    }

    /** Usual areas: 2% to a third of the image. */
    public static RandomErasing of(double probability) {
        return new RandomErasing(probability, 0.02, 1.0 / 3);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return image;
        }
        double area = (double) image.height() * image.width();
        for (int t = 0; t < TRIES; t++) {
            double wanted = area * (leastArea + (mostArea - leastArea) * random.nextDouble());
            double ratio = Math.exp(Math.log(LEAST_RATIO) * (1 - 2 * random.nextDouble()));
            int h = (int) Math.round(Math.sqrt(wanted * ratio));
            int w = (int) Math.round(Math.sqrt(wanted / ratio));
            if (h > 0 && w > 0 && h < image.height() && w < image.width()) {
                int top = random.nextInt(image.height() - h + 1);
                int left = random.nextInt(image.width() - w + 1);
                return erased(image, top, left, h, w, random);
            }
        }
        return image;
    }

    private static RgbImage erased(RgbImage image, int top, int left, int height, int width, RandomGenerator random) {
        byte[] samples = image.toBytes();
        for (int y = top; y < top + height; y++) {
            int from = 3 * (y * image.width() + left);
            for (int i = from; i < from + 3 * width; i++) {
                samples[i] = (byte) random.nextInt(256);
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }
}
