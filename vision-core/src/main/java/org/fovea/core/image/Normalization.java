package org.fovea.core.image;

import java.util.List;

/**
 * Map from 8-bit samples to a model's numbers: scaled, less the mean, over the standard deviation.
 *
 * @param arithmetic library whose rounding is reproduced
 * @param factor factor of a sample; usually 1/255
 * @param mean mean of each channel, in scaled samples
 * @param std divisor of each channel, not 0
 */
record Normalization(Arithmetic arithmetic, double factor, List<Double> mean, List<Double> std) {
    private static final int LEVELS = 256;

    /** The rounding of the library that the checkpoint was measured with. */
    enum Arithmetic {
        /** Like transformers: the product in double, rounded to float; the rest in float. */
        DOUBLE_PRODUCT,
        /** Like torchvision: the quotient by 255 in float; the rest in float. */
        FLOAT_QUOTIENT
    }

    int channels() {
        return mean.size();
    }

    /** Value of each of the 256 samples in one channel. */
    float[] table(int channel) {
        float m = mean.get(channel).floatValue();
        float s = std.get(channel).floatValue();
        float[] table = new float[LEVELS];
        for (int v = 0; v < LEVELS; v++) {
            float scaled = arithmetic == Arithmetic.DOUBLE_PRODUCT ? (float) (v * factor) : v / 255f;
            table[v] = (scaled - m) / s;
        }
        return table;
    }

    /** Returns whether all values are finite: they are monotonic in the sample, so it suffices to check both ends. */
    boolean isFinite() {
        for (int c = 0; c < channels(); c++) {
            float[] table = table(c);
            if (!Float.isFinite(table[0]) || !Float.isFinite(table[LEVELS - 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "multiply by " + (float) factor + ", subtract the mean " + mean + ", divide by the deviation " + std;
    }
}
