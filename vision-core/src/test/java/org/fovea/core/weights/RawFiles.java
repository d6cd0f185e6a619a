package org.fovea.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files built byte by byte, independently of the writer. */
final class RawFiles {
    private RawFiles() {}

    /** A safetensors file with this header, quotes written as ', and {@code dataBytes} data bytes 0, 1, 2, ... */
    static Path write(Path file, String header, int dataBytes) throws IOException {
        byte[] data = new byte[dataBytes];
        for (int i = 0; i < dataBytes; i++) {
            data[i] = (byte) i;
        }
        return Files.write(file, bytes(header, data));
    }

    static byte[] bytes(String header, byte[] data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
