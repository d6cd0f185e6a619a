package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.List;
import org.fovea.core.image.ChannelStatistics;
import org.fovea.core.image.RgbImage;

/**
 * Normalization of 8-bit samples: over 255, less the channel's mean, over its deviation.
 *
 * @param mean mean of R, G and B, in samples divided by 255
 * @param std standard deviation of R, G and B in the same unit, above 0
 */
public record PixelNormalization(List<Double> mean, List<Double> std) {
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    /**
     * Checks that there are three of each.
     *
     * @throws IllegalArgumentException when there are not, or a deviation is not above 0
     */
    public PixelNormalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != CHANNELS
                || std.size() != CHANNELS
                || !mean.stream().allMatch(Double::isFinite)
                || !std.stream().allMatch(s -> s > 0 && Double.isFinite(s))) {
            throw new IllegalArgumentException("PixelNormalization: mean must be 3 numbers and std 3 numbers above 0,"
                    + " got " + mean + " and " + std);
        }
    }

    /** Mean and standard deviation of ImageNet's training images, which most published models use. */
    public static PixelNormalization imageNet() {
        return of(ChannelStatistics.IMAGENET);
    }

    /** Normalization to -1 to 1, which the first vision transformers use. */
    public static PixelNormalization half() {
        return of(ChannelStatistics.HALF);
    }

    private static PixelNormalization of(ChannelStatistics statistics) {
        return new PixelNormalization(statistics.mean(), statistics.std());
    }

    /** Normalized value of each of the 256 sample values in each channel, rounded like in Hugging Face's processors. */
    float[][] tables() {
        float[][] tables = new float[CHANNELS][LEVELS];
        for (int c = 0; c < CHANNELS; c++) {
            float m = mean.get(c).floatValue();
            float s = std.get(c).floatValue();
            for (int v = 0; v < LEVELS; v++) {
                tables[c][v] = ((float) (v * (1.0 / 255)) - m) / s;
            }
        }
        return tables;
    }

    /** Writes a normalized image, {@code [3, H, W]}, at the buffer's position. */
    static void write(RgbImage image, float[][] tables, FloatBuffer target) {
        byte[] in = image.toBytes();
        float[] plane = new float[in.length / CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            float[] table = tables[c];
            for (int p = 0, i = c; p < plane.length; p++, i += CHANNELS) {
                plane[p] = table[in[i] & 0xff];
            }
            target.put(plane);
        }
    }
}
