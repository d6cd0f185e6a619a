package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.List;
import org.fovea.core.image.ChannelStatistics;
import org.fovea.core.image.RgbImage;

/**
 * Normalization of 8-bit samples: over 255, less the channel's mean, over its deviation.
 *
 * @param mean of R, G and B, in units of samples over 255
 * @param std the deviation of R, G and B, above 0
 */
public record PixelNormalization(List<Double> mean, List<Double> std) {
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    /**
     * Checks that there are three of each.
     *
     * @throws IllegalArgumentException when not, or a deviation is not above 0
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

    /** The mean and deviation of ImageNet's training images, as most published models use them. */
    public static PixelNormalization imageNet() {
        return of(ChannelStatistics.IMAGENET);
    }

    /** Samples from -1 to 1, as the first vision transformers use them. */
    public static PixelNormalization half() {
        return of(ChannelStatistics.HALF);
    }

    private static PixelNormalization of(ChannelStatistics statistics) {
        return new PixelNormalization(statistics.mean(), statistics.std());
    }

    /** The value of each of the 256 samples in each channel, rounded as the hub's processors round. */
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

    /** Writes {@code [3, H, W]} at the buffer's position. */
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
