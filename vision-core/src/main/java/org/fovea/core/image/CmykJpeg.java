package org.fovea.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEGs of four components as Pillow does: inks inverted, as Adobe stores them, and their products rounded.
 *
 * <p>OpenCV gives RGB only, of truncated products, which is off by up to 2 levels; the inks themselves come from the JDK's
 * reader, whose libjpeg computes the same samples.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Convert.c">Pillow, {@code Convert.c},
 *     {@code cmyk2rgb}</a>
 */
final class CmykJpeg {
    private static final int INKS = 4;
    /** Number of fraction bits in libjpeg's color conversion. */
    private static final int SHIFT = 16;

    /** Components of a frame of four. */
    enum Encoding {
        /** Cyan, magenta, yellow and black. */
        CMYK,
        /** Luma and chroma of cyan, magenta and yellow, and black. */
        YCCK
    }

    private CmykJpeg() {}

    static RgbImage decode(ImageBytes file, Encoding encoding) {
        Raster raster = read(file);
        int width = raster.getWidth();
        byte[] rgb = new byte[Math.toIntExact((long) RgbImage.CHANNELS * raster.getHeight() * width)];
        int[] row = new int[INKS * width];
        int o = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i += INKS) {
                if (encoding == Encoding.YCCK) {
                    toInks(row, i);
                }
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    rgb[o++] = (byte) light(row[i + c], row[i + 3]);
                }
            }
        }
        return RgbImage.wrap(raster.getHeight(), width, rgb);
    }

    /** Reads the components as they are stored, 0 to 255. */
    private static Raster read(ImageBytes file) {
        ImageReader reader = reader();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.array()))) {
            reader.setInput(in, true, true);
            return reader.readRaster(0, null);
        } catch (IOException | RuntimeException e) { // thrown by the reader for arguments that come from the file
            throw file.damaged("its JPEG data does not decode: " + e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    /** Reader of the JDK: one from the class path may convert colors. */
    private static ImageReader reader() {
        for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("jpeg"); all.hasNext(); ) {
            ImageReader reader = all.next();
            if (reader.getClass().getModule().equals(BufferedImage.class.getModule())) {
                return reader;
            }
        }
        throw new IllegalStateException("CmykJpeg: this Java has no JPEG reader; use one with the module java.desktop");
    }

    /** Converts luma and chroma to inks in place, rounded like libjpeg's {@code ycck_cmyk_convert}. */
    static void toInks(int[] values, int at) {
        int luma = values[at];
        int blue = values[at + 1] - 128;
        int red = values[at + 2] - 128;
        values[at] = clip(255 - (luma + (fixed(1.402) * red + half() >> SHIFT)));
        values[at + 1] = clip(255 - (luma + (half() - fixed(0.34414) * blue - fixed(0.71414) * red >> SHIFT)));
        values[at + 2] = clip(255 - (luma + (fixed(1.772) * blue + half() >> SHIFT)));
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << SHIFT) + 0.5);
    }

    private static int half() {
        return 1 << SHIFT - 1;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** Light reflected through an ink and black, both stored inverted: 255 is no ink. */
    static int light(int ink, int black) {
        int product = (255 - ink) * black + 128;
        return black - ((product >> 8) + product >> 8); // Pillow's MULDIV255: division by 255, rounded
    }
}
