package org.fovea.segmentation.tile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fovea.core.image.ImageException;

/**
 * The first directory of a TIFF file, read without the pixels; TIFF 6.0 and BigTIFF.
 *
 * @param fields fields by tag
 */
public record TiffDirectory(Map<Integer, TiffField> fields) {
    /** Tags that georeference an image: scale, tie points, transform, keys and their values, and GDAL's missing value. */
    public static final int[] GEOGRAPHIC = {33550, 33922, 34264, 34735, 34736, 34737, 42113};

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTES = 279;
    private static final int PLANES = 284;
    private static final int SAMPLES = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int BIG = 43;
    private static final int PLAIN = 42;
    private static final int MOST_FIELDS = 4096;
    private static final int MOST_FIELD_BYTES = 1 << 27;
    private static final long MOST_BLOCK_PIXELS = 1L << 27;

    /** Copies the map. */
    public TiffDirectory {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** Returns whether a file begins with a TIFF signature. */
    public static boolean begins(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(4);
            channel.read(head, 0);
            int kind = head.get(0) == 'M'
                    ? head.getShort(2)
                    : head.order(ByteOrder.LITTLE_ENDIAN).getShort(2);
            boolean order = head.get(0) == head.get(1) && (head.get(0) == 'M' || head.get(0) == 'I');
            return order && (kind == PLAIN || kind == BIG);
        } catch (IOException e) {
            return false; // reading will report the problem
        }
    }

    /**
     * Reads the directory of a file.
     *
     * @throws ImageException when it is not a TIFF file, cannot be read, or its table of strips or tiles is wrong
     */
    public static TiffDirectory read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            TiffDirectory out = new Reader(file.toString(), channel).read();
            out.check(file.toString(), channel.size());
            return out;
        } catch (IOException e) {
            throw new ImageException(file.toString(), "reading failed: " + e, e);
        }
    }

    /** Height of the image in pixels. */
    public int height() {
        return (int) number(HEIGHT, 0, 0);
    }

    /** Width of the image in pixels. */
    public int width() {
        return (int) number(WIDTH, 0, 0);
    }

    /** Returns whether the image is stored upright, without rotation or mirroring. */
    public boolean isUpright() {
        return number(ORIENTATION, 0, 1) == 1;
    }

    /** Height of a tile or strip in pixels. */
    long blockHeight() {
        return isTiled()
                ? number(TILE_HEIGHT, 0, 0)
                : Math.min(number(HEIGHT, 0, 0), number(ROWS_PER_STRIP, 0, Integer.MAX_VALUE));
    }

    /** Width of a tile or strip in pixels. */
    long blockWidth() {
        return number(isTiled() ? TILE_WIDTH : WIDTH, 0, 0);
    }

    private boolean isTiled() {
        return fields.containsKey(TILE_OFFSETS);
    }

    private long number(int tag, int index, long otherwise) {
        TiffField field = fields.get(tag);
        return field == null || index >= field.count() ? otherwise : field.number(index);
    }

    private void check(String source, long fileBytes) {
        long height = number(HEIGHT, 0, 0);
        long width = number(WIDTH, 0, 0);
        require(
                height >= 1 && width >= 1 && Math.max(height, width) <= Integer.MAX_VALUE,
                source,
                () -> "an image must have at least one row and one column, got " + height + " x " + width);
        boolean tiled = isTiled();
        long blockHeight = blockHeight();
        long blockWidth = blockWidth();
        String name = tiled ? "tile" : "strip";
        require(
                blockHeight >= 1 && blockWidth >= 1 && blockHeight <= MOST_BLOCK_PIXELS / blockWidth,
                source,
                () -> "a TIFF " + name + " must have 1 to " + MOST_BLOCK_PIXELS + " pixels, got " + blockHeight + " x "
                        + blockWidth);
        long planes = number(PLANES, 0, 1) == 2 ? number(SAMPLES, 0, 1) : 1;
        long blocks = up(height, blockHeight) * up(width, blockWidth) * planes;
        TiffField offsets = fields.get(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        TiffField sizes = fields.get(tiled ? TILE_BYTES : STRIP_BYTES);
        require(
                offsets != null && offsets.count() == blocks,
                source,
                () -> "its table must have an offset for each of its " + blocks + " " + name + "s, got "
                        + (offsets == null ? 0 : offsets.count()));
        require(
                sizes != null && sizes.count() == blocks,
                source,
                () -> "its table must have a size for each of its " + blocks + " " + name + "s, got "
                        + (sizes == null ? 0 : sizes.count()));
        for (int i = 0; i < blocks; i++) {
            int number = i;
            long offset = offsets.number(i);
            long size = sizes.number(i);
            require(
                    size <= fileBytes && offset <= fileBytes - size,
                    source,
                    () -> name + " " + number + " must lie in the file of " + fileBytes + " bytes, got " + size
                            + " bytes at " + offset);
        }
    }

    private static long up(long size, long by) {
        return (size + by - 1) / by;
    }

    private static void require(boolean holds, String source, Supplier<String> problem) {
        if (!holds) {
            throw new ImageException(source, "the TIFF file is damaged: " + problem.get());
        }
    }

    /** Reads from a channel in the file's byte order. */
    private record Reader(String source, FileChannel channel) {
        TiffDirectory read() throws IOException {
            ByteBuffer head = bytes(0, 16);
            ByteOrder order = head.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            head.order(order);
            int kind = head.getShort(2);
            boolean known = head.get(0) == head.get(1) && (head.get(0) == 'M' || head.get(0) == 'I');
            require(known && (kind == PLAIN || kind == BIG), source, () -> "it must begin with II or MM and 42 or 43");
            boolean big = kind == BIG;
            long at = big ? head.getLong(8) : head.getInt(4) & 0xffffffffL;
            long count = big
                    ? bytes(at, 8).order(order).getLong(0)
                    : bytes(at, 2).order(order).getShort(0) & 0xffff;
            require(count >= 1 && count <= MOST_FIELDS, source, () -> "its directory has " + count + " fields");
            int size = big ? 20 : 12;
            ByteBuffer entries = bytes(at + (big ? 8 : 2), (int) count * size).order(order);
            Map<Integer, TiffField> out = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                int from = i * size;
                int type = entries.getShort(from + 2) & 0xffff;
                long values = big ? entries.getLong(from + 4) : entries.getInt(from + 4) & 0xffffffffL;
                long length = values * TiffField.bytes(type);
                require(
                        values >= 0 && values <= MOST_FIELD_BYTES && length <= MOST_FIELD_BYTES,
                        source,
                        () -> "a field of its directory has " + values + " values");
                int field = from + (big ? 12 : 8);
                long outside = big ? entries.getLong(field) : entries.getInt(field) & 0xffffffffL;
                ByteBuffer own =
                        length <= (big ? 8 : 4) ? entries.slice(field, (int) length) : bytes(outside, (int) length);
                out.put(
                        entries.getShort(from) & 0xffff,
                        new TiffField(type, values, littleEndian(own.order(order), TiffField.numberBytes(type))));
            }
            return new TiffDirectory(out);
        }

        private static ByteBuffer littleEndian(ByteBuffer from, int bytes) {
            ByteBuffer out = ByteBuffer.allocate(from.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i + bytes <= from.capacity(); i += bytes) {
                for (int b = 0; b < bytes; b++) {
                    out.put(i + b, from.get(from.order() == ByteOrder.BIG_ENDIAN ? i + bytes - 1 - b : i + b));
                }
            }
            return out;
        }

        private ByteBuffer bytes(long at, int length) throws IOException {
            require(
                    at >= 0 && at <= channel.size() - Math.min(length, 8),
                    source,
                    () -> "it ends before byte " + at + ", where it says its directory is");
            ByteBuffer out = ByteBuffer.allocate(length);
            int read = 0;
            while (read >= 0 && out.hasRemaining()) {
                read = channel.read(out, at + out.position());
            }
            return out.rewind();
        }
    }
}
