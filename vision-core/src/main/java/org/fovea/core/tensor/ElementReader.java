package org.fovea.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** Converts stored elements of any type to floats or longs. */
final class ElementReader {
    private ElementReader() {}

    static void read(DType dtype, ByteBuffer in, float[] out) {
        switch (dtype) {
            case F32 -> in.asFloatBuffer().get(out);
            case F64 -> {
                var doubles = in.asDoubleBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) doubles.get(i);
                }
            }
            case F16 -> {
                ShortBuffer halves = in.asShortBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = HalfFloats.fromHalf(halves.get(i));
                }
            }
            case BF16 -> {
                ShortBuffer halves = in.asShortBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = HalfFloats.fromBfloat16(halves.get(i));
                }
            }
            default -> {
                long[] longs = new long[out.length];
                read(dtype, in, longs);
                for (int i = 0; i < out.length; i++) {
                    out[i] = longs[i];
                }
            }
        }
    }

    static void read(DType dtype, ByteBuffer in, long[] out) {
        switch (dtype) {
            case I64 -> in.asLongBuffer().get(out);
            case I32 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = in.getInt(4 * i);
                }
            }
            case I16 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = in.getShort(2 * i);
                }
            }
            case I8 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = in.get(i);
                }
            }
            default -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = in.get(i) & 0xff;
                }
            }
        }
    }
}
