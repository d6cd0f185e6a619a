package org.fovea.core.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.fovea.core.io.AtomicFile;
import org.opencv.core.Mat;

/**
 * An 8-bit color image: {@code [H, W, C]}, RGB, 0 to 255, rows from the top; immutable and thread-safe.
 *
 * <p>Conversions drop an alpha channel without blending it, repeat gray three times and keep the upper byte of 16 bits,
 * as {@link ImageDecoder} does.
 */
public final class RgbImage {
    static final int CHANNELS = 3;

    private final int height;
    private final int width;
    private final byte[] rgb;

    private RgbImage(int height, int width, byte[] rgb) {
        this.height = height;
        this.width = width;
        this.rgb = rgb;
    }

    /**
     * Creates an image with a copy of the samples.
     *
     * @param height height in pixels, at least 1
     * @param width width in pixels, at least 1
     * @param rgb unsigned samples, row by row, R, G, B of each pixel together
     * @throws IllegalArgumentException when a size is below 1 or the number of samples is not {@code height * width * 3}
     */
    public static RgbImage of(int height, int width, byte[] rgb) {
        return wrap(height, width, rgb.clone());
    }

    /** Wraps an array that must not change any more. */
    static RgbImage wrap(int height, int width, byte[] rgb) {
        if (height < 1 || width < 1 || rgb.length != (long) CHANNELS * height * width) {
            throw new IllegalArgumentException("RgbImage: height and width must be at least 1 and the samples"
                    + " height * width * 3, got " + height + " x " + width + " and " + rgb.length + " samples");
        }
        return new RgbImage(height, width, rgb);
    }

    /** Converts an AWT image of any type. */
    public static RgbImage from(BufferedImage image) {
        return AwtImages.toRgb(image);
    }

    /**
     * Converts an OpenCV matrix, which is only read; the caller releases it.
     *
     * @param bgr 8 or 16 unsigned bits; 1 channel (gray), 3 (B, G, R) or 4 (B, G, R, A) as OpenCV orders them
     * @throws IllegalArgumentException when the matrix is empty or of another type
     */
    public static RgbImage from(Mat bgr) {
        return Mats.toRgb(bgr);
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Copy of the samples: {@code [H, W, C]}, unsigned. */
    public byte[] toBytes() {
        return rgb.clone();
    }

    /**
     * Pixel as {@code 0xRRGGBB}.
     *
     * @param x column, from 0 at the left
     * @param y row, from 0 at the top
     * @throws IndexOutOfBoundsException when the pixel lies outside the image
     */
    public int pixel(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException(
                    "RgbImage: pixel must lie inside " + this + ", got x " + x + ", y " + y);
        }
        int i = CHANNELS * (y * width + x);
        return (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff;
    }

    /** Samples without a copy; must not be written. */
    byte[] samples() {
        return rgb;
    }

    /** Converts the image to a new AWT image of type {@link BufferedImage#TYPE_3BYTE_BGR}. */
    public BufferedImage toBufferedImage() {
        return AwtImages.fromRgb(this);
    }

    /** Encodes the image as a PNG file. */
    public byte[] toPng() {
        return Mats.encodePng(this);
    }

    /**
     * Writes a PNG file atomically, replacing an existing one.
     *
     * @throws IOException when the file cannot be written
     */
    public void writePng(Path file) throws IOException {
        AtomicFile.write(file, toPng());
    }

    /** Returns whether the other object is an image with the same size and samples. */
    @Override
    public boolean equals(Object o) {
        return o instanceof RgbImage i && i.height == height && i.width == width && Arrays.equals(i.rgb, rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(rgb);
    }

    /** Size, height first: {@code RGB 480 x 640}. */
    @Override
    public String toString() {
        return "RGB " + height + " x " + width;
    }
}
