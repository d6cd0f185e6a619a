package org.fovea.core.image;

/**
 * Walks a WebP file's chunks.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP container specification</a>
 */
final class WebpStructure {
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int ANIMATION_FLAG = 2;

    private WebpStructure() {}

    static ImageHeader read(ImageBytes file, long maxPixels) {
        long end = 8 + file.u32le(4);
        file.require(0, end, "the RIFF container");
        Orientation orientation = Orientation.UPRIGHT;
        long height = 0;
        long width = 0;
        boolean hasPixels = false;
        for (long at = RIFF_HEADER_BYTES; at + 8 <= end; ) {
            long length = file.u32le(at + 4);
            long data = at + 8;
            file.require(data, length, "a WebP chunk");
            if (file.hasText(at, "VP8X")) {
                refuseAnimation(file, data);
            } else if (file.hasText(at, "VP8 ") && file.u8(data + 3) == 0x9d) {
                width = file.u16le(data + 6) & 0x3fff;
                height = file.u16le(data + 8) & 0x3fff;
                hasPixels = true;
            } else if (file.hasText(at, "VP8L") && file.u8(data) == 0x2f) {
                long sizes = file.u32le(data + 1);
                width = (sizes & 0x3fff) + 1;
                height = (sizes >> 14 & 0x3fff) + 1;
                hasPixels = true;
            } else if (file.hasText(at, "EXIF")) {
                // Some writers put JPEG's EXIF prefix before the TIFF header.
                int prefix = file.hasText(data, "Exif\0\0") ? 6 : 0;
                orientation = TiffStructure.exifOrientation(file, data + prefix, (int) length - prefix);
            }
            at = data + length + (length & 1);
        }
        if (!hasPixels) {
            throw file.damaged("a WebP file must have a VP8 or VP8L chunk");
        }
        ImageHeader.checkSize(file, height, width, maxPixels);
        checkCanvas(file, height, width);
        return new ImageHeader(ImageFormat.WEBP, (int) height, (int) width, orientation);
    }

    private static void refuseAnimation(ImageBytes file, long data) {
        if ((file.u8(data) & ANIMATION_FLAG) != 0) {
            throw file.unsupported("a WebP file must hold a still image, got an animation");
        }
    }

    /** Fails if the canvas has another size than its only picture, since it would be allocated unchecked. */
    private static void checkCanvas(ImageBytes file, long height, long width) {
        if (file.hasText(RIFF_HEADER_BYTES, "VP8X")) {
            long canvasWidth = u24le(file, RIFF_HEADER_BYTES + 12) + 1;
            long canvasHeight = u24le(file, RIFF_HEADER_BYTES + 15) + 1;
            if (canvasWidth != width || canvasHeight != height) {
                throw file.damaged("a WebP's canvas must be as large as its picture, got " + canvasHeight + " x "
                        + canvasWidth + " and " + height + " x " + width);
            }
        }
    }

    private static long u24le(ImageBytes file, long offset) {
        return file.u16le(offset) | (long) file.u8(offset + 2) << 16;
    }
}
