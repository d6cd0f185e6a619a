package org.fovea.core.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

/** Hand-computed values after Pillow's formulas. */
class PixelOpsTest {
    private static RgbImage gray(int width, int... levels) {
        byte[] samples = new byte[3 * levels.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) levels[i / 3];
        }
        return RgbImage.of(levels.length / width, width, samples);
    }

    private static int[] levels(RgbImage image) {
        byte[] samples = image.toBytes();
        int[] out = new int[samples.length / 3];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[3 * i] & 0xff;
        }
        return out;
    }

    private static RgbImage noise(int height, int width) {
        byte[] samples = new byte[3 * height * width];
        new SplittableRandom(5).nextBytes(samples);
        return RgbImage.of(height, width, samples);
    }

    @Test
    void levelsAreMapped() {
        RgbImage image = gray(4, 0, 100, 150, 255);
        assertArrayEquals(new int[] {255, 155, 105, 0}, levels(PixelOps.invert(image)));
        assertArrayEquals(new int[] {0, 100, 105, 0}, levels(PixelOps.solarize(image, 128)));
        assertArrayEquals(new int[] {110, 210, 150, 255}, levels(PixelOps.solarizeAdd(image, 110)));
        assertArrayEquals(new int[] {0, 64, 128, 192}, levels(PixelOps.posterize(image, 2)));
        assertArrayEquals(new int[] {0, 0, 0, 0}, levels(PixelOps.posterize(image, 0)));
        assertEquals(image, PixelOps.posterize(image, 8));
    }

    @Test
    void enhancementsMoveFromTheirGray() {
        assertArrayEquals(new int[] {0, 150, 225, 255}, levels(PixelOps.brightness(gray(4, 0, 100, 150, 255), 1.5)));
        // The mean is 100: 100 + 1.5 (v - 100).
        assertArrayEquals(new int[] {0, 100, 250}, levels(PixelOps.contrast(gray(3, 0, 100, 200), 1.5)));
        RgbImage red = RgbImage.of(1, 1, new byte[] {(byte) 255, 0, 0});
        assertEquals(0x4c4c4c, PixelOps.color(red, 0).pixel(0, 0));
        assertEquals(0xff0000, PixelOps.color(red, 1).pixel(0, 0));
    }

    @Test
    void factorOneChangesNothing() {
        RgbImage image = noise(6, 7);
        assertEquals(image, PixelOps.brightness(image, 1));
        assertEquals(image, PixelOps.contrast(image, 1));
        assertEquals(image, PixelOps.color(image, 1));
        assertEquals(image, PixelOps.sharpness(image, 1));
    }

    @Test
    void smoothingTakesTheNeighbors() {
        // (8 x 10 + 5 x 140) / 13 = 60
        assertArrayEquals(
                new int[] {10, 10, 10, 10, 60, 10, 10, 10, 10},
                levels(PixelOps.sharpness(gray(3, 10, 10, 10, 10, 140, 10, 10, 10, 10), 0)));
    }

    @Test
    void autoContrastSpreads() {
        assertArrayEquals(new int[] {0, 127, 255}, levels(PixelOps.autoContrast(gray(3, 50, 100, 150))));
        assertArrayEquals(new int[] {50, 50}, levels(PixelOps.autoContrast(gray(2, 50, 50))));
    }

    @Test
    void equalizeLevelsTheHistogram() {
        int[] many = new int[1020];
        for (int i = 0; i < many.length; i++) {
            many[i] = i < 510 ? 10 : 11;
        }
        // A step is (1020 - 510) / 255 = 2: 10 becomes 1 / 2 = 0, 11 becomes (1 + 510) / 2 = 255.
        int[] out = levels(PixelOps.equalize(gray(1020, many)));
        assertEquals(0, out[0]);
        assertEquals(255, out[1019]);
        RgbImage plain = gray(2, 50, 50);
        assertEquals(plain, PixelOps.equalize(plain));
    }

    @Test
    void affineMapsMoveTurnAndShear() {
        RgbImage image = gray(3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertArrayEquals(
                new int[] {2, 3, 99, 5, 6, 99, 8, 9, 99},
                levels(Affine.translate(1, 0).apply(image, 0x636363)));
        assertArrayEquals(
                new int[] {4, 5, 6, 7, 8, 9, 0, 0, 0},
                levels(Affine.translate(0, 1).apply(image, 0)));
        assertArrayEquals(
                new int[] {3, 6, 9, 2, 5, 8, 1, 4, 7},
                levels(Affine.rotate(90, 3, 3).apply(image, 0)));
        assertEquals(image, Affine.rotate(0, 3, 3).apply(image, 0));
        // Rows move by 0.5, 1.5 and 2.5 pixels; between two pixels lies their mean, a half rounded up.
        assertArrayEquals(
                new int[] {2, 3, 0, 6, 0, 0, 0, 0, 0}, levels(Affine.shearX(1).apply(image, 0)));
    }
}
