package org.fovea.core.image;

import java.util.Arrays;

/**
 * Resizes images with Pillow's numbers, equal to {@code Image.resize} in every byte.
 *
 * <p>Antialiased: when reducing, the filter widens with the scale. Two passes, rows first, with rounding to 8 bits in
 * between; published accuracies rest on exactly this.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Pillow, Resample.c</a>
 */
public final class PillowResize {
    private static final int ROUNDING = 1 << (ResamplingWeights.PRECISION_BITS - 1);

    private PillowResize() {}

    /**
     * The image at another size; the same image when it has that size.
     *
     * @throws IllegalArgumentException when a size is below 1 or the result would take more than 2 GiB
     */
    public static RgbImage resize(RgbImage image, int height, int width, Resampling filter) {
        if (height < 1 || width < 1 || (long) RgbImage.CHANNELS * height * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("PillowResize: height and width must be at least 1 and the result below 2"
                    + " GiB, got " + height + " x " + width);
        }
        if (image.height() == height && image.width() == width) {
            return image;
        }
        byte[] out = filter == Resampling.NEAREST
                ? nearest(image, height, width)
                : resample(image, height, width, filter);
        return RgbImage.wrap(height, width, out);
    }

    /** Pillow sums the step up in floating point; so does this, to land on the same pixels. */
    private static byte[] nearest(RgbImage image, int height, int width) {
        int[] columns = nearestInputs(image.width(), width);
        int[] rows = nearestInputs(image.height(), height);
        byte[] in = image.samples();
        byte[] out = new byte[RgbImage.CHANNELS * height * width];
        for (int y = 0, o = 0; y < height; y++) {
            for (int x = 0; x < width; x++, o += RgbImage.CHANNELS) {
                int i = RgbImage.CHANNELS * (rows[y] * image.width() + columns[x]);
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
            }
        }
        return out;
    }

    private static int[] nearestInputs(int inSize, int outSize) {
        double scale = (double) inSize / outSize;
        double at = scale * 0.5;
        int[] inputs = new int[outSize];
        for (int o = 0; o < outSize; o++, at += scale) {
            inputs[o] = Math.min((int) at, inSize - 1);
        }
        return inputs;
    }

    private static byte[] resample(RgbImage image, int height, int width, Resampling filter) {
        if (image.height() == height) {
            ResamplingWeights horizontal = new ResamplingWeights(image.width(), width, filter);
            return horizontally(image.samples(), image.width(), 0, height, horizontal);
        }
        ResamplingWeights vertical = new ResamplingWeights(image.height(), height, filter);
        if (image.width() == width) {
            return vertically(image.samples(), RgbImage.CHANNELS * width, 0, vertical);
        }
        ResamplingWeights horizontal = new ResamplingWeights(image.width(), width, filter);
        int firstRow = vertical.first[0]; // Rows that no output reads are left out, as enlarged crops do.
        byte[] rows = horizontally(image.samples(), image.width(), firstRow, vertical.end() - firstRow, horizontal);
        return vertically(rows, RgbImage.CHANNELS * width, firstRow, vertical);
    }

    private static byte[] horizontally(byte[] in, int inWidth, int firstRow, int rows, ResamplingWeights pass) {
        int width = pass.first.length;
        byte[] out = new byte[RgbImage.CHANNELS * rows * width];
        int o = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            for (int x = 0; x < width; x++) {
                int i = RgbImage.CHANNELS * (row * inWidth + pass.first[x]);
                int w = x * pass.taps;
                int end = w + pass.count[x];
                int r = ROUNDING;
                int g = ROUNDING;
                int b = ROUNDING;
                for (; w < end; w++, i += RgbImage.CHANNELS) {
                    int weight = pass.weights[w];
                    r += (in[i] & 0xff) * weight;
                    g += (in[i + 1] & 0xff) * weight;
                    b += (in[i + 2] & 0xff) * weight;
                }
                out[o++] = clip(r);
                out[o++] = clip(g);
                out[o++] = clip(b);
            }
        }
        return out;
    }

    private static byte[] vertically(byte[] in, int rowSamples, int firstRow, ResamplingWeights pass) {
        int height = pass.first.length;
        byte[] out = new byte[rowSamples * height];
        int[] sums = new int[rowSamples];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, ROUNDING);
            for (int t = 0; t < pass.count[y]; t++) {
                int weight = pass.weights[y * pass.taps + t];
                int i = (pass.first[y] + t - firstRow) * rowSamples;
                for (int s = 0; s < rowSamples; s++) {
                    sums[s] += (in[i + s] & 0xff) * weight;
                }
            }
            int o = y * rowSamples;
            for (int s = 0; s < rowSamples; s++) {
                out[o + s] = clip(sums[s]);
            }
        }
        return out;
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResamplingWeights.PRECISION_BITS));
    }
}
