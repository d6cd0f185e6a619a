package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class RgbImageTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void bufferedImageKeepsItsColors(int type) {
        BufferedImage image = new BufferedImage(3, 2, type);
        image.setRGB(2, 1, 0x80c81e05);
        image.setRGB(0, 0, 0x00112233);
        RgbImage rgb = RgbImage.from(image);
        assertEquals(0xc81e05, rgb.pixel(2, 1));
        assertEquals(0x112233, rgb.pixel(0, 0));
    }

    @Test
    void grayBufferedImageIsNotBrightened() {
        BufferedImage gray = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        gray.getRaster().setSample(0, 0, 0, 100);
        assertEquals(0x646464, RgbImage.from(gray).pixel(0, 0));
        BufferedImage wide = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        wide.getRaster().setSample(0, 0, 0, 0x64ff);
        assertEquals(0x646464, RgbImage.from(wide).pixel(0, 0));
    }

    @Test
    void bufferedImageRoundTrips() {
        RgbImage image = PillowResizeTest.random(5, 7);
        assertEquals(image, RgbImage.from(image.toBufferedImage()));
    }

    @Test
    void pngRoundTrips(@TempDir Path directory) throws IOException {
        RgbImage image = PillowResizeTest.random(5, 7);
        image.writePng(directory.resolve("ü.png"));
        assertEquals(image, ImageDecoder.create().decode(directory.resolve("ü.png")));
        assertEquals(image, RgbImage.from(ImageIO.read(new ByteArrayInputStream(image.toPng()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff", "jpg"})
    void onePixelFileDecodes(String format) throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0xffffff);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, file));
        assertEquals(RgbImage.from(image), ImageDecoder.create().decode(file.toByteArray(), format));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void sixteenBitColorFileKeepsUpperBytes(String format) throws IOException {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixel(0, 0, new int[] {0x12ff, 0x0080, 0xff7f});
        raster.setPixel(1, 0, new int[] {0xffff, 0x0100, 0x80ff});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(new BufferedImage(model, raster, false, null), format, file));
        RgbImage image = ImageDecoder.create().decode(file.toByteArray(), format);
        assertEquals(0x1200ff, image.pixel(0, 0));
        assertEquals(0xff0180, image.pixel(1, 0));
    }

    @Test
    void matIsReadInBgrOrder() {
        OpenCvLibrary.load();
        assertEquals(0x030201, pixel(CvType.CV_8UC3, new Scalar(1, 2, 3)));
        assertEquals(0x030201, pixel(CvType.CV_8UC4, new Scalar(1, 2, 3, 77)));
        assertEquals(0x090909, pixel(CvType.CV_8UC1, new Scalar(9)));
        assertEquals(0x010080, pixel(CvType.CV_16UC3, new Scalar(0x80ff, 0x00ff, 0x0100)));
    }

    @Test
    void everySixteenBitValueKeepsItsUpperByte() {
        OpenCvLibrary.load();
        Mat mat = new Mat(256, 256, CvType.CV_16UC1);
        short[] values = new short[65536];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) i;
        }
        mat.put(0, 0, values);
        RgbImage image = RgbImage.from(mat);
        mat.release();
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                assertEquals(0x010101 * y, image.pixel(x, y));
            }
        }
    }

    @Test
    void floatMatIsRefused() {
        OpenCvLibrary.load();
        Mat mat = new Mat(2, 2, CvType.CV_32FC3);
        var e = assertThrows(IllegalArgumentException.class, () -> RgbImage.from(mat));
        assertTrue(e.getMessage().contains("CV_32FC3"), e.getMessage());
        mat.release();
    }

    @Test
    void wrongSampleCountIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> RgbImage.of(2, 3, new byte[17]));
        assertTrue(e.getMessage().contains("2 x 3 and 17 samples"), e.getMessage());
    }

    private static int pixel(int type, Scalar value) {
        Mat mat = new Mat(1, 1, type, value);
        try {
            return RgbImage.from(mat).pixel(0, 0);
        } finally {
            mat.release();
        }
    }
}
