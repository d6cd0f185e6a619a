package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of single precision as pairs of 8-bit rows, for products with 8-bit weights that lose nothing of their activations:
 * {@code x = scale·high + scale/254·low} with {@code scale = max|x|/127}, to 16 bits of the largest element.
 *
 * <p>One product of all the pairs reads each weight once, in 8 bits, and oneDNN has a fast kernel for it; a second, with a
 * factor that holds the scales, adds up the pairs and has the map's epilogue. oneDNN's own products of floats with 8-bit
 * weights convert these in every call: five times slower than single precision for one row (3.11, on AVX-512).
 *
 * @param values S8 {@code [2·rows, in]}, for each row the high part, then the low part
 * @param mixes factors of the second product for each group of rows, F32 {@code [rows of a group, 2·rows of a group]}
 */
record SplitRows(View values, List<View> mixes) {
    private static final float LARGEST = 127;
    /** Ratio of the high part's unit to the low part's; rounding the high part leaves at most half its unit. */
    private static final float FINER = 254;
    /** Constant that, added and subtracted again, rounds to integers. */
    private static final float ROUNDER = 3 << 22;
    /** Maximum number of rows that the second product combines, whose factor matrix grows with their square. */
    private static final int MOST_ROWS = 32;

    /** @param x F32 {@code [rows, in]}, dense */
    static SplitRows of(Lowering to, View x) {
        int rows = x.sizes()[0];
        int in = x.sizes()[1];
        View values = to.temporary(ElementType.S8, 2 * rows, in);
        List<View> mixes = new ArrayList<>();
        List<View> all = new ArrayList<>(List.of(x, values));
        for (int from = 0; from < rows; from += MOST_ROWS) {
            int some = Math.min(MOST_ROWS, rows - from);
            mixes.add(to.temporary(ElementType.F32, some, 2 * some));
        }
        all.addAll(mixes);
        to.loop(arrays -> split(arrays, rows, in), all.toArray(View[]::new));
        return new SplitRows(values, List.copyOf(mixes));
    }

    /** Computes y = epilogue(x·Wᵀ + b), with y {@code [rows, out]}. */
    void product(Lowering to, Fusion.Epilogue fused, View y) {
        int rows = y.sizes()[0];
        int out = y.sizes()[1];
        View parts = to.temporary(ElementType.F32, 2 * rows, out);
        LinearProduct.unfinished(to, fused.head(), values, parts);
        View single = y.type() == ElementType.F32 ? y : to.temporary(ElementType.F32, rows, out);
        View residual = LinearProduct.residual(to, fused, single);
        int from = 0;
        for (View mix : mixes) {
            int end = from + mix.sizes()[0];
            LinearProduct.finished(
                    to,
                    fused,
                    mix,
                    parts.slice(0, 2 * from, 2 * end),
                    residual == null ? null : residual.slice(0, from, end),
                    single.slice(0, from, end));
            from = end;
        }
        if (single != y) {
            to.copy(single, y);
        }
    }

    private static void split(HostArrays arrays, int rows, int in) {
        FloatBuffer x = arrays.floats(0);
        ByteBuffer values = arrays.bytes(1);
        float[] row = new float[in];
        byte[] high = new byte[in];
        byte[] low = new byte[in];
        for (int r = 0; r < rows; r++) {
            x.get(r * in, row);
            float scale = largest(row) / LARGEST;
            split(row, scale, high, low);
            values.put(2 * r * in, high);
            values.put((2 * r + 1) * in, low);
            FloatBuffer mix = arrays.floats(2 + r / MOST_ROWS);
            int at = r % MOST_ROWS;
            int width = 2 * Math.min(MOST_ROWS, rows - r + at);
            for (int c = 0; c < width; c++) {
                mix.put(at * width + c, c == 2 * at ? scale : c == 2 * at + 1 ? scale / FINER : 0);
            }
        }
    }

    private static float largest(float... row) {
        float out = 0;
        for (float v : row) {
            out = Math.max(out, Math.abs(v)); // NaN stays NaN
        }
        return out;
    }

    private static void split(float[] row, float scale, byte[] high, byte[] low) {
        float unit = scale == 0 ? 0 : 1 / scale;
        for (int c = 0; c < row.length; c++) {
            float scaled = row[c] * unit;
            float rounded = scaled + ROUNDER - ROUNDER;
            high[c] = (byte) rounded;
            low[c] = (byte) ((scaled - rounded) * FINER + ROUNDER - ROUNDER);
        }
    }
}
