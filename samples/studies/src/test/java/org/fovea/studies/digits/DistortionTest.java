package org.fovea.studies.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distortions of a digit, of one bright pixel in 28x28. */
class DistortionTest {
    private static final int SIDE = 28;
    private static final int MARGIN = (Distortion.SIDE - SIDE) / 2;

    @TempDir
    Path folder;

    @Test
    void undistortedStandsInTheMiddle() throws IOException {
        assertArrayEquals(bright(MARGIN + 3, MARGIN + 9), distorted(new Distortion(0, 1, 0, 0)), 1e-6f);
    }

    @Test
    void movesRightAndDown() throws IOException {
        assertArrayEquals(bright(MARGIN + 3 + 5, MARGIN + 9 - 2), distorted(new Distortion(0, 1, 5, -2)), 1e-6f);
    }

    /** A quarter turn takes (x, y) off the middle to (-y, x): 3 and 9 are 10.5 and 4.5 before the middle of 0 to 27. */
    @Test
    void turnsClockwise() throws IOException {
        assertArrayEquals(bright(MARGIN + 18, MARGIN + 3), distorted(new Distortion(Math.PI / 2, 1, 0, 0)), 1e-5f);
    }

    @Test
    void drawnDigitsAreAllThere() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            Distortion drawn = Distortion.draw(SIDE, random);
            double room = (Distortion.SIDE - drawn.scale() * SIDE) / 2;
            assertTrue(Math.abs(drawn.x()) <= room && Math.abs(drawn.y()) <= room, drawn::toString);
            assertTrue(Math.abs(drawn.angle()) <= Math.PI / 4, drawn::toString);
        }
    }

    @Test
    void picturesOfAnotherSizeAreRefused() throws IOException {
        digits();
        RgbImage.of(SIDE, SIDE + 1, new byte[3 * SIDE * (SIDE + 1)])
                .writePng(folder.resolve("digits/train/7/wide.png"));
        IOException refused = assertThrows(IOException.class, () -> Digits.read(folder.resolve("digits"), "train"));
        assertTrue(refused.getMessage().contains("28x28 pixels, got 28x29"), refused::getMessage);
    }

    private float[] distorted(Distortion distortion) throws IOException {
        float[] out = new float[Distortion.SIDE * Distortion.SIDE];
        distortion.apply(digits(), 0, out, 0);
        return out;
    }

    private static float[] bright(int x, int y) {
        float[] out = new float[Distortion.SIDE * Distortion.SIDE];
        out[y * Distortion.SIDE + x] = 1;
        return out;
    }

    private Digits digits() throws IOException {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            pixels[3 * (9 * SIDE + 3) + c] = (byte) 255;
        }
        for (int digit : new int[] {7, 8}) {
            Path file = folder.resolve("digits/train/" + digit + "/dot.png");
            Files.createDirectories(file.getParent());
            RgbImage.of(SIDE, SIDE, pixels).writePng(file);
        }
        return Digits.read(folder.resolve("digits"), "train");
    }
}
