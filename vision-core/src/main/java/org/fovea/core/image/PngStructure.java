package org.fovea.core.image;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/**
 * Walks a PNG file's chunks.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition</a>
 */
final class PngStructure {
    private static final int SIGNATURE_BYTES = 8;
    /** Size of a chunk's length, type and checksum. */
    private static final int FRAME_BYTES = 12;
    /** Maximum compression ratio of deflate: 258 bytes from two bits. */
    private static final int LARGEST_RATIO = 1032;

    private PngStructure() {}

    static ImageHeader read(ImageBytes file, long maxPixels) {
        if (!file.hasText(SIGNATURE_BYTES + 4, "IHDR")) {
            throw file.truncated("a PNG file must begin with an IHDR chunk");
        }
        file.require(SIGNATURE_BYTES + 8, 13, "the IHDR chunk");
        long width = file.u32be(SIGNATURE_BYTES + 8);
        long height = file.u32be(SIGNATURE_BYTES + 12);
        ImageHeader.checkSize(file, height, width, maxPixels);
        long rowBytes = (width * bitsPerPixel(file) + 7) / 8;
        Orientation orientation = Orientation.UPRIGHT;
        long compressed = 0;
        long at = SIGNATURE_BYTES;
        while (!file.hasText(at + 4, "IEND")) {
            long length = chunkLength(file, at);
            if (file.hasText(at + 4, "IDAT")) {
                compressed += length;
            } else if (file.hasText(at + 4, "eXIf")) {
                orientation = TiffStructure.exifOrientation(file, at + 8, (int) length);
            }
            at += FRAME_BYTES + length;
        }
        chunkLength(file, at);
        ImageHeader.checkRatio(file, compressed, height * (rowBytes + 1), LARGEST_RATIO);
        return new ImageHeader(ImageFormat.PNG, (int) height, (int) width, orientation);
    }

    private static int bitsPerPixel(ImageBytes file) {
        int depth = file.u8(SIGNATURE_BYTES + 16);
        int color = file.u8(SIGNATURE_BYTES + 17);
        int samples =
                switch (color) {
                    case 0, 3 -> 1;
                    case 4 -> 2;
                    case 2 -> 3;
                    case 6 -> 4;
                    default -> throw file.damaged("a PNG's color type must be 0, 2, 3, 4 or 6, got " + color);
                };
        if (Integer.bitCount(depth) != 1 || depth > 16) {
            throw file.damaged("a PNG's bit depth must be 1, 2, 4, 8 or 16, got " + depth);
        }
        return samples * depth;
    }

    /** Length of a chunk's data; fails if the chunk is incomplete or, for chunks needed to decode, its checksum is wrong. */
    private static long chunkLength(ImageBytes file, long at) {
        file.require(at, FRAME_BYTES, "a PNG chunk (the last must be IEND)");
        long length = file.u32be(at);
        file.require(at, FRAME_BYTES + length, "a PNG chunk (the last must be IEND)");
        if (isCritical(file, at)) {
            CRC32 crc = new CRC32();
            crc.update(file.array(), (int) at + 4, (int) length + 4);
            if (crc.getValue() != file.u32be(at + 8 + length)) {
                throw file.damaged("the checksum of the PNG chunk at offset " + at + " must fit its data");
            }
        }
        return length;
    }

    private static boolean isCritical(ImageBytes file, long chunk) {
        return (file.u8(chunk + 4) & 0x20) == 0;
    }

    /**
     * Copy of a checked file with only the chunks that hold pixels. Color profiles and text only cause warnings on standard
     * error, and transparency is dropped anyway.
     */
    static byte[] essential(ImageBytes file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length());
        out.write(file.array(), 0, SIGNATURE_BYTES);
        long at = SIGNATURE_BYTES;
        boolean end = false;
        while (!end) {
            int size = FRAME_BYTES + (int) file.u32be(at);
            if (isCritical(file, at)) {
                out.write(file.array(), (int) at, size);
            }
            end = file.hasText(at + 4, "IEND");
            at += size;
        }
        return out.toByteArray();
    }
}
