package org.fovea.core.image;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads the first directory of a TIFF file, and the one inside EXIF data, which has TIFF's form.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
final class TiffStructure {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG8 = 16;
    private static final int UNASSOCIATED_ALPHA = 2;

    /** One directory entry: {@code count} values of a type, at an offset in the file. */
    private record Entry(int type, long count, long at) {}

    private final ImageBytes file;
    private final boolean bigEndian;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private TiffStructure(ImageBytes file, long start) {
        this.file = file;
        this.bigEndian = file.u8(start) == 'M';
        boolean big = u16(start + 2) == 43;
        long directory = start + (big ? u64(start + 8) : u32(start + 4));
        long count = big ? u64(directory) : u16(directory);
        int size = big ? 20 : 12;
        long first = directory + (big ? 8 : 2);
        file.require(first, Math.multiplyExact(Math.min(count, 1L << 32), size), "the TIFF directory");
        for (long at = first; at < first + count * size; at += size) {
            int type = u16(at + 2);
            long values = big ? u64(at + 4) : u32(at + 4);
            long field = at + (big ? 12 : 8);
            boolean inline = values <= (big ? 8 : 4) / bytes(type);
            entries.put(u16(at), new Entry(type, values, inline ? field : start + (big ? u64(field) : u32(field))));
        }
    }

    static ImageHeader read(ImageBytes file, long maxPixels) {
        TiffStructure tiff = new TiffStructure(file, 0);
        long height = tiff.required(HEIGHT);
        long width = tiff.required(WIDTH);
        ImageHeader.checkSize(file, height, width, maxPixels);
        tiff.checkData(height, width);
        int code = (int) tiff.value(ORIENTATION, 0, 1);
        return new ImageHeader(ImageFormat.TIFF, (int) height, (int) width, Orientation.ofCode(code));
    }

    /** Orientation in EXIF data; upright if the data are damaged, like in image viewers. */
    static Orientation exifOrientation(ImageBytes file, long offset, int length) {
        try {
            file.require(offset, length, "EXIF data");
            boolean tiff = file.hasText(offset, "II*\0") || file.hasText(offset, "MM\0*");
            return tiff
                    ? Orientation.ofCode((int) new TiffStructure(file, offset).value(ORIENTATION, 0, 1))
                    : Orientation.UPRIGHT;
        } catch (ImageException | ArithmeticException e) {
            return Orientation.UPRIGHT;
        }
    }

    /**
     * Copy of a checked file with the tags for "upright" and "premultiplied alpha", so that libtiff leaves the stored pixels
     * unchanged: images of all formats are rotated elsewhere, and alpha is dropped, not blended.
     */
    static byte[] plain(ImageBytes file) {
        TiffStructure tiff = new TiffStructure(file, 0);
        byte[] copy = file.array().clone();
        tiff.patch(copy, ORIENTATION, 1);
        if (tiff.value(EXTRA_SAMPLES, 0, 0) == UNASSOCIATED_ALPHA) {
            tiff.patch(copy, EXTRA_SAMPLES, 1);
        }
        return copy;
    }

    private void patch(byte[] copy, int tag, int value) {
        Entry entry = entries.get(tag);
        if (entry != null && entry.type == SHORT && entry.count >= 1) {
            copy[(int) entry.at + (bigEndian ? 1 : 0)] = (byte) value;
            copy[(int) entry.at + (bigEndian ? 0 : 1)] = 0;
        }
    }

    private void checkData(long height, long width) {
        boolean tiled = entries.containsKey(TILE_OFFSETS);
        int offsets = tiled ? TILE_OFFSETS : STRIP_OFFSETS;
        int sizes = tiled ? TILE_BYTES : STRIP_BYTES;
        required(offsets);
        long total = 0;
        for (long i = 0; i < entries.get(offsets).count; i++) {
            long size = value(sizes, i, 0);
            file.require(value(offsets, i, 0), size, "a TIFF strip or tile");
            total += size;
        }
        if (entries.containsKey(sizes)) {
            long pixels = height * ((width * value(BITS, 0, 1) * value(SAMPLES, 0, 1) + 7) / 8);
            int ratio = largestRatio((int) value(COMPRESSION, 0, 1));
            ImageHeader.checkRatio(file, total, pixels, ratio);
        }
    }

    private static int largestRatio(int compression) {
        return switch (compression) {
            case 1 -> 1;
            case 5 -> 4096; // LZW: a 12-bit code for a string of 4,096 bytes
            case 8, 32946 -> 1032; // deflate: 258 bytes from two bits
            case 32773 -> 64; // PackBits: 128 bytes from two
            default -> Integer.MAX_VALUE; // fax codes can use one bit for a row of any length
        };
    }

    private long required(int tag) {
        if (!entries.containsKey(tag)) {
            throw file.damaged("a TIFF file must have the tag " + tag);
        }
        return value(tag, 0, 0);
    }

    private long value(int tag, long index, long otherwise) {
        Entry entry = entries.get(tag);
        if (entry == null || index >= entry.count) {
            return otherwise;
        }
        long at = entry.at + index * bytes(entry.type);
        return switch (entry.type) {
            case SHORT -> u16(at);
            case LONG -> u32(at);
            case LONG8 -> u64(at);
            default -> file.u8(at);
        };
    }

    private static int bytes(int type) {
        return switch (type) {
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 1;
        };
    }

    private int u16(long at) {
        return bigEndian ? file.u16be(at) : file.u16le(at);
    }

    private long u32(long at) {
        return bigEndian ? file.u32be(at) : file.u32le(at);
    }

    /** Reads a 64-bit offset or count; values beyond any file count as past the end. */
    private long u64(long at) {
        long high = u32(bigEndian ? at : at + 4);
        return high == 0 ? u32(bigEndian ? at + 4 : at) : 1L << 40;
    }
}
