package org.fovea.core.image;

/** Reads a BMP file's header. */
final class BmpStructure {
    private static final int FILE_HEADER_BYTES = 14;
    /** Size of OS/2's header, which has 16-bit sizes. */
    private static final int CORE_HEADER_BYTES = 12;

    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private BmpStructure() {}

    static ImageHeader read(ImageBytes file, long maxPixels) {
        file.require(0, FILE_HEADER_BYTES + CORE_HEADER_BYTES, "the BMP header");
        long headerBytes = file.u32le(FILE_HEADER_BYTES);
        file.require(FILE_HEADER_BYTES, headerBytes, "the BMP header");
        boolean core = headerBytes == CORE_HEADER_BYTES;
        if (!core && headerBytes < 40) {
            throw file.unsupported("a BMP header must be 12 or at least 40 bytes long, got " + headerBytes);
        }
        long width = core ? file.u16le(18) : (int) file.u32le(18);
        // A negative height means that rows are stored from the top.
        long height = core ? file.u16le(20) : Math.abs((long) (int) file.u32le(22));
        long compression = core ? UNCOMPRESSED : file.u32le(30);
        ImageHeader.checkSize(file, height, width, maxPixels);
        if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
            int bits = file.u16le(core ? 24 : 28);
            long rowBytes = (width * bits + 31) / 32 * 4;
            file.require(file.u32le(10), rowBytes * height, "the pixels");
        }
        return new ImageHeader(ImageFormat.BMP, (int) height, (int) width, Orientation.UPRIGHT);
    }
}
