package org.fovea.segmentation.tile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A field of a TIFF directory.
 *
 * @param type type of the values, in the numbering of TIFF 6.0
 * @param count number of values
 * @param values bytes of the values, little-endian; read-only
 */
public record TiffField(int type, long count, ByteBuffer values) {
    /** Size of a value of a type in bytes. */
    static int bytes(int type) {
        return switch (type) {
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 1;
        };
    }

    /** Size in bytes of one number of a type; a fraction has two numbers. */
    static int numberBytes(int type) {
        return type == 5 || type == 10 ? 4 : bytes(type);
    }

    /** Integer at an index of the field; a 64-bit one may be at most 2⁶³ - 1. */
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
