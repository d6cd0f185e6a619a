package org.fovea.core.image;

/**
 * Walks a GIF file as far as the end of its first frame.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a specification</a>
 */
final class GifStructure {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    /** Maximum compression ratio of LZW: a 12-bit code for a string of 4,096 pixels. */
    private static final int LARGEST_RATIO = 4096;

    private GifStructure() {}

    static ImageHeader read(ImageBytes file, long maxPixels) {
        int width = file.u16le(6);
        int height = file.u16le(8);
        ImageHeader.checkSize(file, height, width, maxPixels);
        long at = 13 + paletteBytes(file.u8(10));
        while (file.u8(at) == EXTENSION) {
            at = skipBlocks(file, at + 2);
        }
        if (file.u8(at) != FRAME) {
            throw file.damaged("a GIF file must have a frame, got a block of type " + file.u8(at));
        }
        long frameWidth = file.u16le(at + 5);
        long frameHeight = file.u16le(at + 7);
        ImageHeader.checkSize(file, frameHeight, frameWidth, maxPixels);
        long data = at + 10 + paletteBytes(file.u8(at + 9)) + 1;
        long end = skipBlocks(file, data);
        ImageHeader.checkRatio(file, end - data, frameHeight * frameWidth, LARGEST_RATIO);
        return new ImageHeader(ImageFormat.GIF, height, width, Orientation.UPRIGHT);
    }

    private static int paletteBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
    }

    /** Offset after a chain of blocks and the empty block that ends it. */
    private static long skipBlocks(ImageBytes file, long at) {
        long next = at;
        while (file.u8(next) != 0) {
            next += 1 + file.u8(next);
        }
        return next + 1;
    }
}
