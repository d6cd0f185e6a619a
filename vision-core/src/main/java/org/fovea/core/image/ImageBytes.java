package org.fovea.core.image;

import java.nio.charset.StandardCharsets;

/** A whole image file in memory with its name; every read is checked against the file's end. */
final class ImageBytes {
    private final String source;
    private final byte[] bytes;

    ImageBytes(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    String source() {
        return source;
    }

    /** Fails unless {@code count} bytes exist at {@code offset}. */
    void require(long offset, long count, String what) {
        if (offset < 0 || count < 0 || offset > bytes.length - count) {
            throw truncated(what + " takes " + count + " bytes at offset " + offset);
        }
    }

    int u8(long offset) {
        require(offset, 1, "a field");
        return bytes[(int) offset] & 0xff;
    }

    int u16le(long offset) {
        return u8(offset) | u8(offset + 1) << 8;
    }

    int u16be(long offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    long u32le(long offset) {
        return u16le(offset) | (long) u16le(offset + 2) << 16;
    }

    long u32be(long offset) {
        return (long) u16be(offset) << 16 | u16be(offset + 2);
    }

    /** Returns whether these ASCII characters are at the offset; false past the end. */
    boolean hasText(long offset, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || offset > bytes.length - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[(int) offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    ImageException truncated(String detail) {
        return new ImageException(
                source,
                "the file is truncated: " + detail + ", got a file of " + bytes.length
                        + " bytes; copy or download it again");
    }

    ImageException damaged(String detail) {
        return new ImageException(source, "the file is damaged: " + detail + "; copy or download it again");
    }

    ImageException unsupported(String detail) {
        return new ImageException(source, detail + "; convert it to PNG or JPEG");
    }
}
