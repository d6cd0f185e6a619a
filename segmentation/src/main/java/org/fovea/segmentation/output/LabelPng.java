package org.fovea.segmentation.output;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.fovea.core.Check;

/**
 * A PNG file of labels written row by row, of which two are in memory: gray of 8 or 16 bits, or 8 bits with a palette. Not
 * thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/png/">PNG specification</a>
 */
public final class LabelPng implements LabelRows {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK = 1 << 16;
    private static final int COLORS = 256;
    private static final int GRAY = 0;
    private static final int INDEXED = 3;
    /** PNG filter type that predicts each row from the row above: rows of label images are mostly alike. */
    private static final int UP = 2;

    private final DataOutputStream out;
    private final DeflaterOutputStream data;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    private final int bytes;
    private final byte[] line;
    private final byte[] filtered;

    /**
     * Creates a file with labels as shades of gray.
     *
     * @param largest largest label: up to 255 labels take 8 bits, up to 65,535 they take 16
     * @throws IOException when the stream fails
     */
    public static LabelPng gray(OutputStream out, int height, int width, int largest) throws IOException {
        Check.within(0, Character.MAX_VALUE, "LabelPng: the largest label", largest);
        return new LabelPng(out, height, width, largest < COLORS ? 1 : 2, null);
    }

    /**
     * Creates a file with labels up to 255 as colors.
     *
     * @throws IOException when the stream fails
     */
    public static LabelPng indexed(OutputStream out, int height, int width, Palette palette) throws IOException {
        return new LabelPng(out, height, width, 1, palette);
    }

    private LabelPng(OutputStream to, int height, int width, int bytes, Palette palette) throws IOException {
        this.out = new DataOutputStream(to);
        this.bytes = bytes;
        this.line = new byte[Math.multiplyExact(width, bytes)];
        this.filtered = new byte[1 + line.length];
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {(byte) (Byte.SIZE * bytes), (byte) (palette == null ? GRAY : INDEXED), 0, 0, 0});
        chunk("IHDR", header.toByteArray(), header.size());
        if (palette != null) {
            byte[] colors = new byte[3 * COLORS];
            for (int i = 0; i < COLORS; i++) {
                colors[3 * i] = (byte) (palette.color(i) >> 16);
                colors[3 * i + 1] = (byte) (palette.color(i) >> 8);
                colors[3 * i + 2] = (byte) palette.color(i);
            }
            chunk("PLTE", colors, colors.length);
        }
        this.data = new DeflaterOutputStream(new Chunks(), deflater, CHUNK);
    }

    private void chunk(String type, byte[] content, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content, 0, length);
        out.writeInt(length);
        out.write(name);
        out.write(content, 0, length);
        out.writeInt((int) crc.getValue());
    }

    @Override
    public void row(char[] labels) throws IOException {
        filtered[0] = UP;
        for (int i = 0, x = 0; x < labels.length; x++) {
            if (bytes == 2) {
                i = put(i, (byte) (labels[x] >> Byte.SIZE));
            }
            i = put(i, (byte) labels[x]);
        }
        data.write(filtered);
    }

    private int put(int at, byte value) {
        filtered[1 + at] = (byte) (value - line[at]);
        line[at] = value;
        return at + 1;
    }

    /** Ends the file; the stream stays open. */
    @Override
    public void end() throws IOException {
        data.finish();
        chunk("IEND", new byte[0], 0);
        out.flush();
    }

    @Override
    public void close() {
        deflater.end();
    }

    /** Compressed bytes as chunks. */
    private final class Chunks extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] content, int from, int length) throws IOException {
            byte[] part = new byte[length];
            System.arraycopy(content, from, part, 0, length);
            chunk("IDAT", part, length);
        }
    }
}
