package org.fovea.core.image;

/**
 * Reads the header of a PBM, PGM or PPM file.
 *
 * @see <a href="https://netpbm.sourceforge.net/doc/pnm.html">Netpbm formats</a>
 */
final class PnmStructure {
    private final ImageBytes file;
    private int at = 2;

    private PnmStructure(ImageBytes file) {
        this.file = file;
    }

    static ImageHeader read(ImageBytes file, long maxPixels) {
        return new PnmStructure(file).read(maxPixels);
    }

    private ImageHeader read(long maxPixels) {
        int kind = file.u8(1) - '0';
        boolean bits = kind == 1 || kind == 4;
        long width = number();
        long height = number();
        long largest = bits ? 1 : number();
        ImageHeader.checkSize(file, height, width, maxPixels);
        if (largest < 1 || largest > 65535) {
            throw file.damaged("a PNM's largest sample must lie in [1, 65535], got " + largest);
        }
        long samples = width * (kind == 3 || kind == 6 ? 3 : 1);
        // In text, a sample needs at least one digit; bits may be written without spaces.
        long rowBytes = kind <= 3 ? samples : kind == 4 ? (width + 7) / 8 : samples * (largest > 255 ? 2 : 1);
        file.require(at + 1L, kind <= 3 ? rowBytes * height - 1 : rowBytes * height, "the pixels");
        return new ImageHeader(ImageFormat.PNM, (int) height, (int) width, Orientation.UPRIGHT);
    }

    private long number() {
        while (file.u8(at) <= ' ' || file.u8(at) == '#') {
            if (file.u8(at) == '#') {
                while (file.u8(at) != '\n') {
                    at++;
                }
            }
            at++;
        }
        long value = 0;
        int start = at;
        while (file.u8(at) >= '0' && file.u8(at) <= '9' && at - start < 9) {
            value = 10 * value + file.u8(at++) - '0';
        }
        if (at == start) {
            throw file.damaged("a PNM header must hold numbers, got byte " + file.u8(at) + " at offset " + at);
        }
        return value;
    }
}
