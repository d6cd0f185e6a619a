package org.fovea.core.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Scalars in a file that TensorBoard reads: records of a length, its checksum, an {@code Event} in protocol-buffer encoding
 * and its checksum. Not thread-safe.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>
 */
final class EventFile implements AutoCloseable {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final OutputStream out;
    private final Clock clock;

    private EventFile(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Creates a file beside those of earlier processes. */
    static EventFile create(Path folder, Clock clock) throws IOException {
        String name = "events.out.tfevents." + clock.millis() / 1000 + ".fovea."
                + ProcessHandle.current().pid();
        OutputStream out = Files.newOutputStream(folder.resolve(name));
        EventFile file = new EventFile(out, clock);
        file.record(file.event(0, text(3, "brain.Event:2"))); // file_version
        return file;
    }

    /** Adds scalars by name at a step. */
    void add(long step, Map<String, Double> scalars) throws IOException {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        scalars.forEach((name, value) -> {
            byte[] number = ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value.floatValue())
                    .array();
            ByteArrayOutputStream scalar = new ByteArrayOutputStream();
            scalar.writeBytes(text(1, name)); // tag
            scalar.writeBytes(key(2, FIXED_32)); // simple_value
            scalar.writeBytes(number);
            summary.writeBytes(bytes(1, scalar.toByteArray())); // value
        });
        record(event(step, bytes(5, summary.toByteArray())));
        out.flush();
    }

    private byte[] event(long step, byte[] content) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(key(1, FIXED_64)); // wall_time
        event.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(clock.millis() / 1000.0)
                .array());
        event.writeBytes(key(2, VARINT)); // step
        event.writeBytes(varint(step));
        event.writeBytes(content);
        return event.toByteArray();
    }

    private void record(byte[] data) throws IOException {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        out.write(length);
        out.write(maskedChecksum(length));
        out.write(data);
        out.write(maskedChecksum(data));
    }

    /** Checksum, rotated and shifted as the format requires, so that checksums of data with checksums stay reliable. */
    static byte[] maskedChecksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    private static byte[] text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(key(field, BYTES));
        out.writeBytes(varint(content.length));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] key(int field, int wireType) {
        return varint((long) field << 3 | wireType);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
