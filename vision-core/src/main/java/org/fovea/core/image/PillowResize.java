package org.fovea.core.image;

import java.util.Arrays;

/**
 * Resizes images with Pillow's numbers, equal to {@code Image.resize} in every byte.
 *
 * <p>Antialiased: when reducing, the filter widens with the scale. Two passes, along rows first, with rounding to 8 bits
 * in between; published accuracies rest on exactly this. Only the rows that the second pass still needs are kept.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Pillow, Resample.c</a>
 */
public final class PillowResize {
    private static final int ROUNDING = 1 << (ResamplingWeights.PRECISION_BITS - 1);

    private PillowResize() {}

    /**
     * Resizes an image; returns the same object if it has that size.
     *
     * @throws IllegalArgumentException when a size is below 1 or the result would take more than 2 GiB
     */
    public static RgbImage resize(RgbImage image, int height, int width, Resampling filter) {
        if (height < 1 || width < 1 || (long) RgbImage.CHANNELS * height * width > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "PillowResize: height and width must be at least 1 and the result below 2" + " GiB, got " + height
                            + " x " + width);
        }
        return resize(image, new ResizeAxis(image.height(), height), new ResizeAxis(image.width(), width), filter);
    }

    /** Computes only the part of the resized image that lies in the axes' windows. */
    static RgbImage resize(RgbImage image, ResizeAxis rows, ResizeAxis columns, Resampling filter) {
        if (rows.keepsAll() && columns.keepsAll()) {
            return image;
        }
        byte[] out = filter == Resampling.NEAREST
                ? nearest(image, rows.nearestInputs(), columns.nearestInputs())
                : resample(image, rows, columns, filter);
        return RgbImage.wrap(rows.count(), columns.count(), out);
    }

    private static byte[] nearest(RgbImage image, int[] rows, int[] columns) {
        byte[] in = image.samples();
        byte[] out = new byte[RgbImage.CHANNELS * rows.length * columns.length];
        int o = 0;
        for (int row : rows) {
            for (int column : columns) {
                int i = RgbImage.CHANNELS * (row * image.width() + column);
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
                o += RgbImage.CHANNELS;
            }
        }
        return out;
    }

    /**
     * Does both passes, row by row. Resampling to the same size has weights of one and zero and changes nothing, so an axis
     * that is only cropped needs no special case.
     */
    private static byte[] resample(RgbImage image, ResizeAxis rows, ResizeAxis columns, Resampling filter) {
        ResamplingWeights vertical = new ResamplingWeights(rows, filter);
        ResamplingWeights horizontal = columns.keepsAll() ? null : new ResamplingWeights(columns, filter);
        int rowSamples = RgbImage.CHANNELS * columns.count();
        int[][] ring = new int[vertical.taps][rowSamples]; // last rows that the first pass has computed
        int[] sums = new int[rowSamples];
        byte[] out = new byte[rowSamples * rows.count()];
        int next = vertical.first[0];
        for (int y = 0; y < rows.count(); y++) {
            for (; next < vertical.first[y] + vertical.count[y]; next++) {
                alongRow(image, next, horizontal, ring[next % ring.length]);
            }
            Arrays.fill(sums, ROUNDING);
            for (int t = 0; t < vertical.count[y]; t++) {
                addWeighted(sums, ring[(vertical.first[y] + t) % ring.length], vertical.weights[y * vertical.taps + t]);
            }
            for (int s = 0, o = y * rowSamples; s < rowSamples; s++, o++) {
                out[o] = (byte) clip(sums[s]);
            }
        }
        return out;
    }

    /** Adds a weighted row, with integers throughout: the compiler vectorizes that, but not a mixture with bytes. */
    private static void addWeighted(int[] sums, int[] row, int weight) {
        for (int s = 0; s < sums.length; s++) {
            sums[s] += row[s] * weight;
        }
    }

    private static void alongRow(RgbImage image, int row, ResamplingWeights pass, int[] out) {
        byte[] in = image.samples();
        int start = RgbImage.CHANNELS * row * image.width();
        if (pass == null) {
            for (int s = 0; s < out.length; s++) {
                out[s] = in[start + s] & 0xff;
            }
            return;
        }
        int[] weights = pass.weights;
        for (int x = 0, o = 0; o < out.length; x++, o += RgbImage.CHANNELS) {
            int w = x * pass.taps;
            int count = pass.count[x];
            int i = start + RgbImage.CHANNELS * pass.first[x];
            int r = ROUNDING;
            int g = ROUNDING;
            int b = ROUNDING;
            for (int t = 0; t < count; t++) {
                int weight = weights[w + t];
                r += (in[i + 3 * t] & 0xff) * weight;
                g += (in[i + 3 * t + 1] & 0xff) * weight;
                b += (in[i + 3 * t + 2] & 0xff) * weight;
            }
            out[o] = clip(r);
            out[o + 1] = clip(g);
            out[o + 2] = clip(b);
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> ResamplingWeights.PRECISION_BITS));
    }
}
