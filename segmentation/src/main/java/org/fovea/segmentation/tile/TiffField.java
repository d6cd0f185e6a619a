package org.fovea.segmentation.tile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A field of a TIFF directory.
 *
 * @param type of the values, as TIFF 6.0 numbers them
 * @param count of the values
 * @param values little-endian; read only
 */
public record TiffField(int type, long count, ByteBuffer values) {
    /** Bytes of a value of a type. */
    static int bytes(int type) {
        return switch (type) {
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 1;
        };
    }

    /** Bytes of one number of a type: a fraction is two numbers. */
    static int numberBytes(int type) {
        return type == 5 || type == 10 ? 4 : bytes(type);
    }

    /** A whole number of the field; of a 64-bit one at most 2⁶³ - 1. */
    long number(int index) {
        ByteBuffer in = values.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = index * bytes(type);
        return switch (bytes(type)) {
            case 2 -> in.getShort(at) & 0xffffL;
            case 4 -> in.getInt(at) & 0xffffffffL;
            case 8 -> in.getLong(at) & Long.MAX_VALUE;
            default -> in.get(at) & 0xffL;
        };
    }
}
