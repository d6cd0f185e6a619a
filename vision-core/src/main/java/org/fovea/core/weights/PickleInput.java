package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fovea.core.io.FormatErrors;

/** Arguments of a pickle's instructions, read one after another; none is read beyond the end. */
final class PickleInput {
    private final Path file;
    private final ByteBuffer bytes;

    PickleInput(Path file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8() {
        return need(1).get() & 0xff;
    }

    int u16() {
        return need(2).getShort() & 0xffff;
    }

    int i32() {
        return need(4).getInt();
    }

    double f64() {
        return Double.longBitsToDouble(Long.reverseBytes(need(8).getLong())); // the only big-endian value of the format
    }

    /** Reads a signed number of up to eight bytes, preceded by its length. */
    long number() {
        int length = u8();
        if (length > Long.BYTES) {
            throw wrong("a whole number takes at most 8 bytes", length + " bytes");
        }
        need(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes.get() & 0xffL) << 8 * i;
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    /** Reads a text of this number of bytes. */
    String text(int length) {
        if (length < 0) {
            throw wrong("a text must end in the pickle", Integer.toUnsignedString(length) + " bytes");
        }
        need(length);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw wrong("a text must be UTF-8", "bytes that are not");
        }
    }

    /** Reads a text up to the next line feed, which is consumed. */
    String line() {
        int end = bytes.position();
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        String line = text(end - bytes.position());
        need(1).get();
        return line;
    }

    RuntimeException wrong(String rule, Object actual) {
        return wrong(rule, actual, TorchFile.DAMAGED);
    }

    RuntimeException wrong(String rule, Object actual, String cure) {
        return FormatErrors.file(file, "data.pkl up to byte " + bytes.position() + ": " + rule, actual, cure);
    }

    private ByteBuffer need(int count) {
        if (bytes.remaining() < count) {
            throw wrong("an instruction must end in the pickle", bytes.remaining() + " bytes where it takes " + count);
        }
        return bytes;
    }
}
