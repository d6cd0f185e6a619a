package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

class CmykJpegTest {
    private static final int SIDE = 40;

    @Test
    void lightIsTheRoundedProductAsInPillow() {
        assertEquals(78, CmykJpeg.light(100, 200)); // 200 - 155 * 200 / 255 = 200 - 121.57
        assertEquals(255, CmykJpeg.light(255, 255));
        assertEquals(0, CmykJpeg.light(0, 255));
        assertEquals(0, CmykJpeg.light(255, 0));
        for (int ink = 0; ink < 256; ink++) {
            for (int black = 0; black < 256; black++) {
                assertEquals(black - Math.round((255 - ink) * black / 255.0), CmykJpeg.light(ink, black));
            }
        }
    }

    /** Four components of noise on ramps, black among them; {@code transform} below 0 for a file without Adobe's segment. */
    private static byte[] jpeg(int transform) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, new Point());
        SplittableRandom random = new SplittableRandom(1);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int c = 0; c < 4; c++) {
                    raster.setSample(x, y, c, Math.min(255, 5 * (c % 2 == 0 ? x : y) + random.nextInt(60)));
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] plain = out.toByteArray();
        if (transform < 0) {
            return plain;
        }
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        byte[] with = Arrays.copyOf(plain, plain.length + adobe.length);
        System.arraycopy(adobe, 0, with, 2, adobe.length);
        System.arraycopy(plain, 2, with, 2 + adobe.length, plain.length - 2);
        return with;
    }

    private static byte[] openCv(byte[] file) {
        OpenCvLibrary.load();
        Mat mat = Imgcodecs.imdecode(new MatOfByte(file), Imgcodecs.IMREAD_COLOR);
        return Mats.toRgb(mat).samples();
    }

    /** The inks of all pixels, by the JDK's reader. */
    private static int[] inks(byte[] file, boolean ycck) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        int[] out = reader.readRaster(0, null).getPixels(0, 0, SIDE, SIDE, (int[]) null);
        for (int i = 0; ycck && i < out.length; i += 4) {
            CmykJpeg.toInks(out, i);
        }
        return out;
    }

    /** OpenCV's own arithmetic on our inks gives OpenCV's pixels: the inks are those of its libjpeg to the bit. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2})
    void inksAreLibjpegs(int transform) throws IOException {
        byte[] file = jpeg(transform);
        int[] inks = inks(file, transform > 0);
        byte[] want = openCv(file);
        byte[] truncated = new byte[want.length];
        byte[] rounded = new byte[want.length];
        for (int i = 0; i < want.length; i++) {
            int ink = inks[i / 3 * 4 + i % 3];
            int black = inks[i / 3 * 4 + 3];
            truncated[i] = (byte) (black - ((255 - ink) * black >> 8));
            rounded[i] = (byte) CmykJpeg.light(ink, black);
        }
        assertArrayEquals(want, truncated);
        assertTrue(!Arrays.equals(truncated, rounded), "the file would not tell the two apart");
        assertArrayEquals(rounded, ImageDecoder.create().decode(file, "cmyk").samples());
    }
}
