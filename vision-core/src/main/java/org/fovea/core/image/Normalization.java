package org.fovea.core.image;

import java.util.List;

/**
 * Map from 8-bit samples to a model's numbers: scaled, less the mean, over the standard deviation.
 *
 * @param arithmetic with whose rounding
 * @param factor of a sample; 1/255 as a rule
 * @param mean one per channel, in units of scaled samples
 * @param std one per channel, not 0
 */
record Normalization(Arithmetic arithmetic, double factor, List<Double> mean, List<Double> std) {
    private static final int LEVELS = 256;

    /** The rounding of the library that the checkpoint was measured with. */
    enum Arithmetic {
        /** transformers: the product in double, rounded to float; the rest in float. */
        DOUBLE_PRODUCT,
        /** torchvision: the quotient by 255 in float; the rest in float. */
        FLOAT_QUOTIENT
    }

    int channels() {
        return mean.size();
    }

    /** The result for each of the 256 samples in one channel. */
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

    /** Returns whether all results are finite: they rise or fall with the sample, so the ends tell. */
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
