package org.fovea.studies.nuclei;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;

/**
 * Makes a slide of any size out of one square picture: a TIFF file of tiles compressed with deflate, each the picture mirrored,
 * turned and darkened at random.
 */
public final class DrawSlide {
    private static final int HEADER = 8;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int[] COLOR_BITS = {8, 8, 8};
    private static final int TURNS = 8;
    private static final long SEED = 1;
    private static final double LEAST_LIGHT = 0.6;

    private DrawSlide() {}

    /**
     * Writes a slide.
     *
     * @param args the file; the picture, whose side is a multiple of 16; pixels of the slide's width and of its height
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        RgbImage picture = ImageDecoder.create().decode(Path.of(args[1]));
        int width = Integer.parseInt(args[2]);
        int height = Integer.parseInt(args[3]);
        SplittableRandom random = new SplittableRandom(SEED);
        int tile = picture.height();
        int[] offsets = new int[(width + tile - 1) / tile * ((height + tile - 1) / tile)];
        int[] sizes = new int[offsets.length];
        try (FileChannel out = FileChannel.open(
                Path.of(args[0]),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            out.position(HEADER);
            for (int i = 0; i < offsets.length; i++) {
                byte[] content = compressed(tile(picture, random.nextInt(TURNS), random.nextDouble(LEAST_LIGHT, 1)));
                offsets[i] = Math.toIntExact(out.position());
                sizes[i] = content.length;
                write(out, ByteBuffer.wrap(content));
            }
            end(out, width, height, tile, offsets, sizes);
        }
    }

    private static byte[] tile(RgbImage picture, int turn, double light) {
        int side = picture.height();
        byte[] out = new byte[3 * side * side];
        for (int y = 0, i = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = (turn & 1) == 0 ? x : side - 1 - x;
                int row = (turn & 2) == 0 ? y : side - 1 - y;
                int rgb = (turn & 4) == 0 ? picture.pixel(column, row) : picture.pixel(row, column);
                for (int shift = 16; shift >= 0; shift -= Byte.SIZE) {
                    out[i++] = (byte) Math.round(light * (rgb >> shift & 0xff));
                }
            }
        }
        return out;
    }

    private static byte[] compressed(byte[] samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream to = new DeflaterOutputStream(out, fast)) {
            to.write(samples);
        } finally {
            fast.end();
        }
        return out.toByteArray();
    }

    /** Writes the directory and then the header, which says where it is. */
    private static void end(FileChannel out, int width, int height, int tile, int[] offsets, int[] sizes)
            throws IOException {
        int start = Math.toIntExact(out.position() + out.position() % 2);
        Directory directory = new Directory(start, 11);
        directory.add(256, LONG, width);
        directory.add(257, LONG, height);
        directory.add(258, SHORT, COLOR_BITS);
        directory.add(259, SHORT, 8); // deflate
        directory.add(262, SHORT, 2); // RGB
        directory.add(277, SHORT, COLOR_BITS.length);
        directory.add(284, SHORT, 1); // samples of a pixel side by side
        directory.add(322, LONG, tile);
        directory.add(323, LONG, tile);
        directory.add(324, LONG, offsets);
        directory.add(325, LONG, sizes);
        out.position(start);
        write(out, directory.bytes());
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        out.position(0);
        write(
                out,
                header.put((byte) 'I')
                        .put((byte) 'I')
                        .putShort((short) 42)
                        .putInt(start)
                        .flip());
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** A directory of tags, in ascending order, of which long values follow it. */
    private static final class Directory {
        private final ByteBuffer table;
        private final ByteArrayOutputStream outside = new ByteArrayOutputStream();
        private final int valuesAt;

        Directory(int start, int tags) {
            table = ByteBuffer.allocate(2 + 12 * tags + 4).order(ByteOrder.LITTLE_ENDIAN);
            table.putShort((short) tags);
            valuesAt = start + table.capacity();
        }

        void add(int tag, int type, int... values) {
            int each = type == SHORT ? Short.BYTES : Integer.BYTES;
            ByteBuffer content = ByteBuffer.allocate(Math.max(Integer.BYTES, each * values.length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int value : values) {
                if (type == SHORT) {
                    content.putShort((short) value);
                } else {
                    content.putInt(value);
                }
            }
            table.putShort((short) tag).putShort((short) type).putInt(values.length);
            if (content.capacity() == Integer.BYTES) {
                table.put(content.array());
            } else {
                table.putInt(valuesAt + outside.size());
                outside.writeBytes(content.array());
            }
        }

        ByteBuffer bytes() {
            table.putInt(0);
            byte[] values = outside.toByteArray();
            return ByteBuffer.allocate(table.capacity() + values.length)
                    .put(table.flip())
                    .put(values)
                    .flip();
        }
    }
}
