package org.fovea.core.data.augment;

import org.fovea.core.image.RgbImage;

/**
 * Changes of color with Pillow's rounding ({@code ImageOps}, {@code ImageEnhance}).
 *
 * @see <a href="https://pillow.readthedocs.io/en/stable/reference/ImageEnhance.html">ImageEnhance</a>
 */
final class PixelOps {
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    private PixelOps() {}

    /** Stretches each channel's values to 0 to 255. */
    static RgbImage autoContrast(RgbImage image) {
        byte[] samples = image.toBytes();
        for (int c = 0; c < CHANNELS; c++) {
            int least = 255;
            int most = 0;
            for (int i = c; i < samples.length; i += CHANNELS) {
                int v = samples[i] & 0xff;
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
            if (most > least) {
                double scale = 255.0 / (most - least);
                double offset = -least * scale;
                map(samples, c, CHANNELS, table(v -> (int) (v * scale + offset)));
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }

    /** Equalizes each channel's histogram. */
    static RgbImage equalize(RgbImage image) {
        byte[] samples = image.toBytes();
        for (int c = 0; c < CHANNELS; c++) {
            int[] histogram = new int[LEVELS];
            for (int i = c; i < samples.length; i += CHANNELS) {
                histogram[samples[i] & 0xff]++;
            }
            int last = LEVELS - 1;
            while (histogram[last] == 0) {
                last--;
            }
            int step = (samples.length / CHANNELS - histogram[last]) / 255;
            if (step > 0) {
                byte[] table = new byte[LEVELS];
                int n = step / 2;
                for (int v = 0; v < LEVELS; v++) {
                    table[v] = (byte) Math.min(255, n / step);
                    n += histogram[v];
                }
                map(samples, c, CHANNELS, table);
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }

    static RgbImage invert(RgbImage image) {
        return map(image, v -> 255 - v);
    }

    /** Inverts the values from a threshold on. */
    static RgbImage solarize(RgbImage image, int threshold) {
        return map(image, v -> v < threshold ? v : 255 - v);
    }

    /** Adds to the values of the darker half. */
    static RgbImage solarizeAdd(RgbImage image, int add) {
        return map(image, v -> v < LEVELS / 2 ? v + add : v);
    }

    /** Keeps the upper bits only. */
    static RgbImage posterize(RgbImage image, int bits) {
        int mask = 0xff << (8 - bits);
        return map(image, v -> v & mask);
    }

    /** Multiplies the brightness: black at 0, unchanged at 1. */
    static RgbImage brightness(RgbImage image, double factor) {
        return map(image, v -> blend(0, v, (float) factor));
    }

    /** Multiplies the contrast: the mean gray at 0, unchanged at 1. */
    static RgbImage contrast(RgbImage image, double factor) {
        byte[] samples = image.toBytes();
        long sum = 0;
        for (int i = 0; i < samples.length; i += CHANNELS) {
            sum += luma(samples, i);
        }
        int mean = (int) ((double) sum * CHANNELS / samples.length + 0.5);
        return map(image, v -> blend(mean, v, (float) factor));
    }

    /** Multiplies the saturation: gray at 0, unchanged at 1. */
    static RgbImage color(RgbImage image, double factor) {
        byte[] samples = image.toBytes();
        for (int i = 0; i < samples.length; i += CHANNELS) {
            int gray = luma(samples, i);
            for (int c = i; c < i + CHANNELS; c++) {
                samples[c] = (byte) blend(gray, samples[c] & 0xff, (float) factor);
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }

    /** Changes the sharpness: smoothed at 0, unchanged at 1; the outermost pixels stay as they are. */
    static RgbImage sharpness(RgbImage image, double factor) {
        byte[] in = image.toBytes();
        byte[] out = in.clone();
        int row = CHANNELS * image.width();
        for (int y = 1; y < image.height() - 1; y++) {
            for (int i = y * row + CHANNELS; i < (y + 1) * row - CHANNELS; i++) {
                int sum = 4 * (in[i] & 0xff);
                for (int n = i - row; n <= i + row; n += row) {
                    sum += (in[n - CHANNELS] & 0xff) + (in[n] & 0xff) + (in[n + CHANNELS] & 0xff);
                }
                int smooth = (int) (sum / 13f + 0.5f);
                out[i] = (byte) blend(smooth, in[i] & 0xff, (float) factor);
            }
        }
        return RgbImage.of(image.height(), image.width(), out);
    }

    /** Luma by ITU-R BT.601, as in Pillow's conversion to mode L. */
    static int luma(byte[] rgb, int i) {
        return (19595 * (rgb[i] & 0xff) + 38470 * (rgb[i + 1] & 0xff) + 7471 * (rgb[i + 2] & 0xff) + (1 << 15)) >> 16;
    }

    private static int blend(int from, int to, float factor) {
        float v = from + factor * (to - from);
        return v <= 0 ? 0 : v >= 255 ? 255 : (int) v;
    }

    private interface Level {
        int of(int value);
    }

    private static RgbImage map(RgbImage image, Level level) {
        byte[] samples = image.toBytes();
        map(samples, 0, 1, table(level));
        return RgbImage.of(image.height(), image.width(), samples);
    }

    private static byte[] table(Level level) {
        byte[] table = new byte[LEVELS];
        for (int v = 0; v < LEVELS; v++) {
            table[v] = (byte) Math.max(0, Math.min(255, level.of(v)));
        }
        return table;
    }

    private static void map(byte[] samples, int first, int step, byte[] table) {
        for (int i = first; i < samples.length; i += step) {
            samples[i] = table[samples[i] & 0xff];
        }
    }
}
