package org.fovea.core.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Decodes image files to {@link RgbImage}: JPEG, PNG, BMP, TIFF, WebP, PNM, and a GIF's first frame; immutable and
 * thread-safe.
 *
 * <p>The result is that of Pillow's {@code ImageOps.exif_transpose(Image.open(f)).convert("RGB")}: gray, palette and CMYK
 * become RGB, alpha is dropped without blending, the EXIF orientation is applied (in JPEG, PNG, WebP and TIFF alike).
 * 16-bit samples keep their upper byte; here Pillow clips gray at 255, which would leave nearly all such images white.
 *
 * <p>Before native code sees a file its structure is walked: a file that ends early is an error even where the decoder
 * would fill up with gray, and the pixel limit holds for what the header says, before anything is allocated.
 */
public final class ImageDecoder {
    /**
     * Default limit, which is Pillow's limit against decompression bombs: twice the number of 24-bit pixels in a quarter of a
     * GiB.
     */
    public static final long DEFAULT_MAX_PIXELS = 178_956_970L;
    /** Maximum size of a file: the longest array in Java. */
    private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 16L;
    /** Largest allowed pixel limit: the samples must fit in one array. */
    private static final long LARGEST_MAX_PIXELS = MAX_FILE_BYTES / RgbImage.CHANNELS;

    private final long maxPixels;

    private ImageDecoder(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /** Creates a decoder with the default pixel limit. */
    public static ImageDecoder create() {
        return new ImageDecoder(DEFAULT_MAX_PIXELS);
    }

    /**
     * Copy with another limit on height times width.
     *
     * @param maxPixels limit from 1 to 715,827,877, whose samples just fit in an array
     * @throws IllegalArgumentException when it is out of range
     */
    public ImageDecoder withMaxPixels(long maxPixels) {
        if (maxPixels < 1 || maxPixels > LARGEST_MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "ImageDecoder: maxPixels must lie in [1, " + LARGEST_MAX_PIXELS + "], got " + maxPixels);
        }
        return new ImageDecoder(maxPixels);
    }

    /**
     * Decodes a file.
     *
     * @throws ImageException when it cannot be read, or is not a complete image within the pixel limit
     */
    public RgbImage decode(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw new ImageException(source, "an image must be a file, got a directory; name the files in it");
        }
        if (!Files.exists(file)) {
            throw new ImageException(source, "there is no such file; check the path");
        }
        if (!Files.isReadable(file)) {
            throw new ImageException(source, "the file may not be read; check its permissions");
        }
        try {
            checkStart(file, source);
            return decode(Files.readAllBytes(file), source);
        } catch (IOException e) {
            throw new ImageException(source, "reading failed: " + e, e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(source, e);
        }
    }

    /** Fails on a file that cannot be an image before all of it is read: it may be a video of several GiB. */
    private static void checkStart(Path file, String source) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ImageFormat.of(new ImageBytes(source, in.readNBytes(ImageFormat.SIGNATURE_BYTES)));
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new ImageException(
                    source,
                    "a file may have at most " + MAX_FILE_BYTES + " bytes, got " + Files.size(file)
                            + "; reduce the image");
        }
    }

    /**
     * Decodes the rest of a stream; the caller closes it.
     *
     * @param source name of the image in errors
     * @throws ImageException when it cannot be read, or is not a complete image within the pixel limit
     */
    public RgbImage decode(InputStream in, String source) {
        try {
            return decode(in.readNBytes((int) MAX_FILE_BYTES), source);
        } catch (IOException e) {
            throw new ImageException(source, "reading failed: " + e, e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(source, e);
        }
    }

    /**
     * Decodes a whole file in memory.
     *
     * @param file bytes of the file, not changed
     * @param source name of the image in errors
     * @throws ImageException when it is not a complete image within the pixel limit
     */
    public RgbImage decode(byte[] file, String source) {
        ImageBytes bytes = new ImageBytes(source, file);
        try {
            ImageHeader header = ImageHeader.read(bytes, maxPixels);
            RgbImage stored = header.format() == ImageFormat.GIF
                    ? GifFrame.decode(bytes)
                    : header.cmyk().isPresent()
                            ? CmykJpeg.decode(bytes, header.cmyk().get())
                            : decode(bytes, header);
            return header.orientation().apply(stored);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(source, e);
        }
    }

    private static RgbImage decode(ImageBytes file, ImageHeader header) {
        byte[] encoded =
                switch (header.format()) {
                    case PNG -> PngStructure.essential(file);
                    case TIFF -> TiffStructure.plain(file);
                    default -> file.array();
                };
        OpenCvLibrary.load();
        MatOfByte input = new MatOfByte();
        Mat decoded = null;
        try {
            input.fromArray(encoded);
            decoded = Imgcodecs.imdecode(input, flags(header.format()));
            if (decoded.empty()) {
                throw file.damaged("its " + header.format() + " data does not decode");
            }
            if (decoded.rows() != header.height() || decoded.cols() != header.width()) {
                throw file.damaged("its header and its pixels must have one size, got " + header.height() + " x "
                        + header.width() + " and " + decoded.rows() + " x " + decoded.cols());
            }
            return Mats.toRgb(decoded);
        } catch (CvException | IllegalArgumentException e) {
            throw new ImageException(
                    file.source(),
                    "OpenCV cannot decode this " + header.format() + " image: " + e.getMessage()
                            + "; convert it to PNG or JPEG",
                    e);
        } finally {
            input.release();
            if (decoded != null) {
                decoded.release();
            }
        }
    }

    private static int flags(ImageFormat format) {
        int flags = Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
        // libtiff rounds 16 bits to 8 where the other decoders keep the upper byte: read all 16 bits and reduce
        // them here.
        return format == ImageFormat.TIFF ? flags | Imgcodecs.IMREAD_ANYDEPTH : flags;
    }

    private static ImageException outOfMemory(String source, OutOfMemoryError e) {
        return new ImageException(
                source,
                "the Java heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB is too small for it; reduce the image or raise the heap with -Xmx",
                e);
    }
}
