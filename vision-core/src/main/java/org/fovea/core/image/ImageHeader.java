package org.fovea.core.image;

import java.util.Optional;

/**
 * Facts that a file states about its image, read without decoding it.
 *
 * <p>Reading it also walks the file's structure: a file that ends early is found out before native code sees it, as is a
 * header whose image cannot be in so few bytes.
 *
 * @param height height as stored, at least 1
 * @param width width as stored, at least 1
 * @param cmyk encoding of a JPEG with four inks, which {@link CmykJpeg} decodes; empty for others
 */
record ImageHeader(
        ImageFormat format, int height, int width, Orientation orientation, Optional<CmykJpeg.Encoding> cmyk) {
    ImageHeader(ImageFormat format, int height, int width, Orientation orientation) {
        this(format, height, width, orientation, Optional.empty());
    }

    /**
     * Reads a file's header.
     *
     * @param maxPixels maximum number of pixels of an image
     * @throws ImageException when the file is not an image, is truncated or inconsistent, or has too many pixels
     */
    static ImageHeader read(ImageBytes file, long maxPixels) {
        return switch (ImageFormat.of(file)) {
            case JPEG -> JpegStructure.read(file, maxPixels);
            case PNG -> PngStructure.read(file, maxPixels);
            case BMP -> BmpStructure.read(file, maxPixels);
            case TIFF -> TiffStructure.read(file, maxPixels);
            case WEBP -> WebpStructure.read(file, maxPixels);
            case GIF -> GifStructure.read(file, maxPixels);
            case PNM -> PnmStructure.read(file, maxPixels);
        };
    }

    /** Fails unless an image of this size is within the limits. */
    static void checkSize(ImageBytes file, long height, long width, long maxPixels) {
        if (height < 1 || width < 1) {
            throw file.damaged("an image must have at least one row and one column, got " + height + " x " + width);
        }
        // Compares by division, since a product of two 32-bit sizes may overflow.
        if (height > maxPixels / width) {
            throw new ImageException(
                    file.source(),
                    "an image may have at most " + maxPixels + " pixels, got " + height + " rows x " + width
                            + " columns; reduce the image or raise the limit");
        }
    }

    /** Fails if the compressed data are too small for the size that they claim to decode to. */
    static void checkRatio(ImageBytes file, long compressed, long decoded, int largestRatio) {
        if (decoded / largestRatio > compressed) {
            throw file.truncated("its header promises " + decoded + " bytes of pixels, which " + compressed
                    + " bytes of compressed data cannot hold");
        }
    }
}
