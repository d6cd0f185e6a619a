package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/**
 * Brightness, contrast and noise as microscopes and cameras differ in them: each channel v becomes (gain·v)^gamma, on the scale
 * of 0 to 1, with noise added.
 *
 * @param gain largest factor of the brightness, at least 1; the smallest is its inverse
 * @param gamma largest exponent, at least 1; the smallest is its inverse
 * @param tint largest factor by which a channel's gain differs from the others', at least 1; the smallest is its inverse
 * @param noise largest standard deviation of the noise, in gray levels of 0 to 255
 */
public record RandomLevels(double gain, double gamma, double tint, double noise) implements Photometric {
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    /** Checks the ranges. */
    public RandomLevels {
        Check.range("RandomLevels: gain", 1, gain);
        Check.range("RandomLevels: gamma", 1, gamma);
        Check.range("RandomLevels: tint", 1, tint);
        Check.notNegative("RandomLevels: noise", noise);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        double all = factor(gain, random);
        double exponent = factor(gamma, random);
        double deviation = noise * random.nextDouble();
        double[][] tables = new double[CHANNELS][LEVELS];
        for (double[] table : tables) {
            double mine = all * factor(tint, random);
            for (int v = 0; v < LEVELS; v++) {
                table[v] = 255 * Math.pow(Math.min(1, mine * v / 255), exponent);
            }
        }
        byte[] samples = image.toBytes();
        for (int i = 0; i < samples.length; i += CHANNELS) {
            double add = deviation == 0 ? 0 : deviation * random.nextGaussian();
            for (int c = 0; c < CHANNELS; c++) {
                double v = tables[c][samples[i + c] & 0xff] + add;
                samples[i + c] = (byte) Math.round(Math.max(0, Math.min(255, v)));
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }

    private static double factor(double most, RandomGenerator random) {
        return Math.pow(most, 2 * random.nextDouble() - 1);
    }
}
