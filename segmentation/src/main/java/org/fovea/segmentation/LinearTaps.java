package org.fovea.segmentation;

/** Bilinear resizing of one axis, corners not aligned, in the arithmetic of PyTorch's {@code interpolate}. */
final class LinearTaps {
    private final int[] first;
    private final int[] second;
    private final float[] share; // weight of the second input

    /**
     * Interpolation weights for resizing an axis.
     *
     * @param kept number of outputs to compute, counted from the first
     */
    LinearTaps(int in, int out, int kept) {
        first = new int[kept];
        second = new int[kept];
        share = new float[kept];
        float step = (float) in / out;
        for (int i = 0; i < kept; i++) {
            float at = Math.max(0, step * (i + 0.5f) - 0.5f);
            first[i] = Math.min((int) at, in - 1);
            second[i] = Math.min(first[i] + 1, in - 1);
            share[i] = at - first[i];
        }
    }

    int first(int output) {
        return first[output];
    }

    int second(int output) {
        return second[output];
    }

    /** Interpolates one output row from its two input rows: {@code out = (1 - share)·a + share·b}. */
    void mix(int output, float[] a, float[] b, float[] out) {
        float w = share[output];
        float v = 1 - w;
        for (int i = 0; i < out.length; i++) {
            out[i] = v * a[i] + w * b[i];
        }
    }

    /** Interpolates all outputs along a row. */
    void apply(float[] row, int offset, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (1 - share[i]) * row[offset + first[i]] + share[i] * row[offset + second[i]];
        }
    }
}
