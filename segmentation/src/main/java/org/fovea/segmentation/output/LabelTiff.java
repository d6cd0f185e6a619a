package org.fovea.segmentation.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.fovea.core.Check;
import org.fovea.segmentation.tile.TiffDirectory;
import org.fovea.segmentation.tile.TiffField;

/**
 * A TIFF file of labels written row by row, in strips compressed with deflate, of which one is in memory; with the tags that place
 * another image on the earth it is a GeoTIFF that lies where that one does. At most 4 GiB. Not thread-safe.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 * @see <a href="https://docs.ogc.org/is/19-008r4/19-008r4.html">OGC GeoTIFF 1.1</a>
 */
public final class LabelTiff implements LabelRows {
    private static final int STRIP_BYTES = 1 << 18;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int HEADER = 8;
    private static final int COLORS = 256;
    private static final int DEFLATE = 8;
    private static final int BLACK_IS_ZERO = 1;
    private static final long MOST_BYTES = (1L << 32) - (1 << 24);

    private final FileChannel out;
    private final int height;
    private final int width;
    private final int bytes;
    private final int stripRows;
    private final TiffDirectory placed;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    private final ByteBuffer strip;
    private final List<Long> offsets = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();

    /**
     * Creates a file.
     *
     * @param out empty file
     * @param largest largest label: up to 255 labels take 8 bits, up to 65,535 they take 16
     * @param placed directory whose geographic tags are copied
     * @throws IOException when writing fails
     */
    public LabelTiff(FileChannel out, int height, int width, int largest, TiffDirectory placed) throws IOException {
        Check.within(0, Character.MAX_VALUE, "LabelTiff: the largest label", largest);
        this.out = out;
        this.height = height;
        this.width = width;
        this.bytes = largest < COLORS ? 1 : 2;
        this.placed = placed;
        long line = (long) width * bytes;
        this.stripRows = (int) Math.max(1, Math.min(height, STRIP_BYTES / line));
        this.strip = ByteBuffer.allocate(Math.toIntExact(stripRows * line)).order(ByteOrder.LITTLE_ENDIAN);
        write(ByteBuffer.allocate(HEADER));
    }

    @Override
    public void row(char[] labels) throws IOException {
        for (char label : labels) {
            if (bytes == 1) {
                strip.put((byte) label);
            } else {
                strip.putShort((short) label);
            }
        }
        if (!strip.hasRemaining()) {
            endStrip();
        }
    }

    private void endStrip() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        deflater.reset();
        try (DeflaterOutputStream to = new DeflaterOutputStream(compressed, deflater)) {
            to.write(strip.array(), 0, strip.position());
        }
        strip.clear();
        offsets.add(out.position());
        sizes.add((long) compressed.size());
        write(ByteBuffer.wrap(compressed.toByteArray()));
        if (out.position() > MOST_BYTES) {
            throw new IOException("a TIFF file of labels may have at most 4 GiB");
        }
    }

    private void write(ByteBuffer bytesLeft) throws IOException {
        while (bytesLeft.hasRemaining()) {
            out.write(bytesLeft);
        }
    }

    @Override
    public void end() throws IOException {
        if (strip.position() > 0) {
            endStrip();
        }
        Map<Integer, TiffField> fields = fields();
        if (out.position() % 2 != 0) {
            write(ByteBuffer.allocate(1));
        }
        long start = out.position();
        int entries = 2 + 12 * fields.size() + 4;
        ByteBuffer table = ByteBuffer.allocate(entries).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream outside = new ByteArrayOutputStream();
        table.putShort((short) fields.size());
        fields.forEach((tag, field) -> {
            table.putShort((short) (int) tag).putShort((short) field.type()).putInt((int) field.count());
            byte[] values = bytes(field);
            if (values.length <= Integer.BYTES) {
                table.put(values).put(new byte[Integer.BYTES - values.length]);
            } else {
                table.putInt((int) (start + entries + outside.size()));
                outside.writeBytes(values);
                outside.writeBytes(new byte[values.length % 2]);
            }
        });
        table.putInt(0);
        write(table.flip());
        write(ByteBuffer.wrap(outside.toByteArray()));
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt((int) start);
        header.flip();
        for (int at = 0; header.hasRemaining(); ) {
            at += out.write(header, at);
        }
    }

    private Map<Integer, TiffField> fields() {
        Map<Integer, TiffField> out = new TreeMap<>();
        out.put(256, longs(List.of((long) width)));
        out.put(257, longs(List.of((long) height)));
        out.put(258, number(Byte.SIZE * bytes));
        out.put(259, number(DEFLATE));
        out.put(262, number(BLACK_IS_ZERO));
        out.put(273, longs(offsets));
        out.put(277, number(1)); // samples per pixel
        out.put(278, longs(List.of((long) stripRows)));
        out.put(279, longs(sizes));
        out.put(339, number(1)); // sample format: unsigned integer
        for (int tag : TiffDirectory.GEOGRAPHIC) {
            TiffField field = placed.fields().get(tag);
            if (field != null) {
                out.put(tag, field);
            }
        }
        return out;
    }

    private static TiffField number(int value) {
        ByteBuffer values = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        return new TiffField(SHORT, 1, values.putShort(0, (short) value));
    }

    private static TiffField longs(List<Long> numbers) {
        ByteBuffer values = ByteBuffer.allocate(4 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.forEach(n -> values.putInt((int) (long) n));
        return new TiffField(LONG, numbers.size(), values.rewind());
    }

    private static byte[] bytes(TiffField field) {
        byte[] out = new byte[field.values().capacity()];
        field.values().duplicate().rewind().get(out);
        return out;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
