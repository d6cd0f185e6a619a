package org.fovea.core.image;

import java.util.Optional;

/**
 * Walks a JPEG file's segments.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegStructure {
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int LARGEST_HUFFMAN_SOF = 0xc2;
    /**
     * Maximum number of pixels per byte: an 8x8 block needs at least one bit in a DC scan, and a block of the most subsampled
     * component may cover 4x4 blocks of pixels.
     */
    private static final int LARGEST_RATIO = 8 * 64 * 16;

    private final ImageBytes file;
    private final long maxPixels;
    private int frame;
    private int height;
    private int width;
    private int components;
    private boolean isYcck;
    private boolean hasScan;
    private Orientation orientation = Orientation.UPRIGHT;

    private JpegStructure(ImageBytes file, long maxPixels) {
        this.file = file;
        this.maxPixels = maxPixels;
    }

    static ImageHeader read(ImageBytes file, long maxPixels) {
        return new JpegStructure(file, maxPixels).walk();
    }

    private ImageHeader walk() {
        long at = 2;
        while (true) {
            at = nextMarker(at);
            int marker = file.u8(at++);
            if (marker == END_OF_IMAGE) {
                break;
            }
            if (isStandalone(marker)) {
                continue;
            }
            int length = file.u16be(at);
            if (length < 2) {
                throw file.damaged("a JPEG segment must be at least 2 bytes long, got " + length);
            }
            file.require(at, length, "a JPEG segment");
            segment(marker, at + 2, length - 2);
            at += length;
        }
        if (frame == 0 || !hasScan) {
            throw file.damaged("a JPEG file must have a frame and a scan before its end marker");
        }
        if (frame <= LARGEST_HUFFMAN_SOF) {
            ImageHeader.checkRatio(file, file.length(), (long) height * width, LARGEST_RATIO);
        }
        return new ImageHeader(ImageFormat.JPEG, height, width, orientation, cmyk());
    }

    /** Encoding of four inks; empty for arithmetic coding, which OpenCV decodes. */
    private Optional<CmykJpeg.Encoding> cmyk() {
        return components == 4 && frame <= LARGEST_HUFFMAN_SOF
                ? Optional.of(isYcck ? CmykJpeg.Encoding.YCCK : CmykJpeg.Encoding.CMYK)
                : Optional.empty();
    }

    /** Offset of the second byte of the next marker, after entropy-coded data and fill bytes. */
    private long nextMarker(long at) {
        byte[] bytes = file.array();
        for (int i = (int) at; i < bytes.length - 1; i++) {
            if (bytes[i] == (byte) 0xff) {
                int next = bytes[i + 1] & 0xff;
                if (next != 0 && next != 0xff) {
                    return i + 1;
                }
            }
        }
        throw file.truncated("a JPEG file must close with an end marker (ff d9)");
    }

    /** Returns whether a marker has no segment: TEM, restarts, start of image. */
    private static boolean isStandalone(int marker) {
        return marker == 0x01 || marker >= 0xd0 && marker <= 0xd8;
    }

    /** Returns whether a marker is a frame: SOF0 to SOF15 without DHT, JPG and DAC, which lie in between. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private void segment(int marker, long at, int length) {
        if (isFrame(marker)) {
            frame(marker, at);
        } else if (marker == START_OF_SCAN) {
            if (frame == 0) {
                throw file.damaged("a JPEG scan must follow a frame header");
            }
            hasScan = true;
        } else if (marker == APP1 && length > 6 && file.hasText(at, "Exif\0\0")) {
            orientation = TiffStructure.exifOrientation(file, at + 6, length - 6);
        } else if (marker == APP14 && length >= 12 && file.hasText(at, "Adobe")) {
            isYcck = file.u8(at + 11) != 0; // libjpeg treats an unknown transform like this one
        }
    }

    private void frame(int marker, long at) {
        if (frame != 0) {
            throw file.damaged("a JPEG file must have one frame header, got a second");
        }
        boolean decodable = marker <= LARGEST_HUFFMAN_SOF || marker == 0xc9 || marker == 0xca;
        if (!decodable || file.u8(at) != 8) {
            throw file.unsupported("a JPEG must be sequential or progressive with 8 bits a sample, got frame type "
                    + (marker - 0xc0) + " with " + file.u8(at) + " bits");
        }
        frame = marker;
        height = file.u16be(at + 1);
        width = file.u16be(at + 3);
        components = file.u8(at + 5);
        ImageHeader.checkSize(file, height, width, maxPixels);
    }
}
