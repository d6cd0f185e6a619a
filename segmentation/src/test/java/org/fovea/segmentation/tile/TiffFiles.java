package org.fovea.segmentation.tile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.core.image.RgbImage;

/** Writes tiled TIFF files of 24-bit colors, to be read in tests; and such that lie. */
public final class TiffFiles {
    /** Scale, tie point, keys and their text: a place on the earth. */
    public static final Map<Integer, Object> GEOGRAPHIC = Map.of(
            33550, new double[] {0.5, 0.25, 0},
            33922, new double[] {0, 0, 0, 440720, 100000, 0},
            34735, new short[] {1, 1, 0, 2, 1024, 0, 1, 1, 1026, (short) 34737, 7, 0},
            34737, "a place|",
            42113, "-9999");

    private TiffFiles() {}

    /** Writes an image in tiles without compression. */
    public static Path write(Path file, RgbImage image, int tile, ByteOrder order, Map<Integer, Object> more) {
        int across = (image.width() + tile - 1) / tile;
        int down = (image.height() + tile - 1) / tile;
        int tileBytes = 3 * tile * tile;
        int[] offsets = new int[across * down];
        int[] sizes = new int[across * down];
        ByteBuffer out = ByteBuffer.allocate(8 + across * down * (tileBytes + 8) + (1 << 14))
                .order(order);
        out.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
                .putShort((short) 42)
                .putInt(0);
        for (int t = 0; t < offsets.length; t++) {
            offsets[t] = out.position();
            sizes[t] = tileBytes;
            for (int i = 0; i < tile * tile; i++) {
                int x = Math.min(image.width() - 1, t % across * tile + i % tile);
                int y = Math.min(image.height() - 1, t / across * tile + i / tile);
                int rgb = image.pixel(x, y);
                out.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        Map<Integer, Object> tags = new TreeMap<>();
        tags.put(256, new int[] {image.width()});
        tags.put(257, new int[] {image.height()});
        tags.put(258, new short[] {8, 8, 8});
        tags.put(259, new short[] {1});
        tags.put(262, new short[] {2});
        tags.put(277, new short[] {3});
        tags.put(322, new short[] {(short) tile});
        tags.put(323, new short[] {(short) tile});
        tags.put(324, offsets);
        tags.put(325, sizes);
        tags.putAll(more);
        directory(out, tags);
        try {
            return Files.write(file, Arrays.copyOf(out.array(), out.position()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void directory(ByteBuffer out, Map<Integer, Object> tags) {
        out.putInt(4, out.position());
        out.putShort((short) tags.size());
        int outside = out.position() + 12 * tags.size() + 4;
        for (Map.Entry<Integer, Object> tag : tags.entrySet()) {
            byte[] values = bytes(tag.getValue(), out.order());
            int type = type(tag.getValue());
            out.putShort((short) (int) tag.getKey()).putShort((short) type);
            out.putInt(values.length / TiffField.bytes(type));
            if (values.length <= 4) {
                out.put(Arrays.copyOf(values, 4));
            } else {
                out.putInt(outside);
                for (int i = 0; i < values.length; i++) {
                    out.put(outside + i, values[i]);
                }
                outside += values.length + values.length % 2;
            }
        }
        out.putInt(0);
        out.position(outside);
    }

    private static int type(Object values) {
        return values instanceof short[] ? 3 : values instanceof int[] ? 4 : values instanceof double[] ? 12 : 2;
    }

    private static byte[] bytes(Object values, ByteOrder order) {
        if (values instanceof String text) {
            return (text + "\0").getBytes(StandardCharsets.US_ASCII);
        }
        ByteBuffer out = ByteBuffer.allocate(8 * Array.getLength(values)).order(order);
        if (values instanceof short[] numbers) {
            for (short n : numbers) {
                out.putShort(n);
            }
        } else if (values instanceof int[] numbers) {
            for (int n : numbers) {
                out.putInt(n);
            }
        } else {
            for (double n : (double[]) values) {
                out.putDouble(n);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
