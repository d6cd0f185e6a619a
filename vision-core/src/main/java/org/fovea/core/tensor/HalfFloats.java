package org.fovea.core.tensor;

/** Conversions between 16-bit floating-point formats and float (Java 20 has those of halves built in; 17 does not). */
public final class HalfFloats {
    private HalfFloats() {}

    /** Exact value of an IEEE 754 half. */
    public static float fromHalf(short half) {
        int bits = half & 0xffff;
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
    }

    /** Nearest IEEE 754 half, ties to even; infinite from 65520 on; NaN stays NaN. */
    public static short toHalf(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (size >= 65520) {
            return (short) (sign | 0x7c00);
        }
        if (size < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(size * 0x1p24)); // multiples of the smallest subnormal number
        }
        int bits = Float.floatToRawIntBits(size) - (112 << 23);
        return (short) (sign | bits + 0xfff + (bits >>> 13 & 1) >>> 13);
    }

    /** Exact value of a bfloat16. */
    public static float fromBfloat16(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }

    /** Nearest bfloat16, ties to even; NaN stays NaN. */
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
