package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    /** RFC 3720, B.4: 32 bytes of zero have the CRC-32C 8a9136aa. */
    @Test
    void checksumIsTheMaskedCrcOfTheFormat() {
        int masked = ByteBuffer.wrap(EventFile.maskedChecksum(new byte[32]))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        int crc = 0x8a9136aa;
        assertEquals((crc >>> 15 | crc << 17) + 0xa282ead8, masked);
    }

    /** Byte by byte, as protocol buffers encode event.proto and summary.proto. */
    @Test
    void recordsAreFramedAndEncoded() throws IOException {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(2), ZoneOffset.UTC);
        try (EventFile file = EventFile.create(folder, clock)) {
            file.add(300, Map.of("loss", 0.5));
        }
        Path written;
        try (var files = Files.list(folder)) {
            written = files.findFirst().orElseThrow();
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(written)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] version = record(in);
        assertEquals("brain.Event:2", new String(version, version.length - 13, 13, StandardCharsets.UTF_8));
        byte[] time = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(2)
                .array();
        byte[] half = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .array();
        ByteBuffer expected = ByteBuffer.allocate(64)
                .put((byte) 0x09)
                .put(time) // 1: wall_time
                .put(new byte[] {0x10, (byte) 0xac, 0x02}) // 2: step 300
                .put(new byte[] {0x2a, 13, 0x0a, 11}) // 5: summary of 13 bytes, 1: value of 11
                .put(new byte[] {0x0a, 4, 'l', 'o', 's', 's', 0x15}) // 1: tag, 2: simple_value
                .put(half);
        byte[] bytes = new byte[expected.position()];
        expected.flip().get(bytes);
        assertArrayEquals(bytes, record(in));
        assertEquals(0, in.remaining());
    }

    private static byte[] record(ByteBuffer in) {
        byte[] length = new byte[8];
        in.get(length);
        byte[] sum = new byte[4];
        in.get(sum);
        assertArrayEquals(EventFile.maskedChecksum(length), sum);
        byte[] data = new byte
                [(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
        in.get(data);
        in.get(sum);
        assertArrayEquals(EventFile.maskedChecksum(data), sum);
        return data;
    }
}
