package org.fovea.studies.glimpses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.fovea.core.attention.GlimpseNetwork;
import org.fovea.core.attention.GlimpseSensor;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.image.RgbImage;
import org.fovea.studies.digits.Digits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten gray squares that are told apart by how bright they are. */
class GlimpseStudyTest {
    private static final int SIDE = 4;

    @TempDir
    Path folder;

    @Test
    void placeMovesADigitByWholePixels() throws IOException {
        Digits digits = squares();
        int side = 8;
        float[] image = new float[side * side];
        new Scene(side, 2).place(digits, 9, new Random(1), image, 0);
        float[] bright = new float[image.length];
        Arrays.sort(image);
        Arrays.fill(bright, image.length - SIDE * SIDE, image.length, 225 / 255f);
        assertArrayEquals(bright, image, 1e-6f);
    }

    @Test
    void distortKeepsTheMiddleOfADigit() throws IOException {
        float[] image = new float[SIDE * SIDE];
        Digits digits = squares();
        new Scene(SIDE, 0).distort(digits, 9, new Random(1), image, 0);
        float most = 0;
        for (float pixel : image) {
            most = Math.max(most, pixel);
        }
        assertEquals(225 / 255f, most, 1e-6f);
    }

    /** Started again after its last step, a run has nothing to do but to score what it had learned. */
    @Test
    void runGoesOnFromItsState() throws IOException {
        Digits digits = squares();
        Path whole = folder.resolve("whole");
        double error = study(Gaze.LEARNED).run(digits, digits, 1, whole);
        assertTrue(error < 0.9, "the study must learn something, got an error of " + error);
        Path state = Files.createDirectory(folder.resolve("state"));
        String last = "step-0000000100.safetensors";
        Files.copy(whole.resolve(last), state.resolve(last));
        assertEquals(error, study(Gaze.LEARNED).run(digits, digits, 1, state));
        assertTrue(study(Gaze.RANDOM).run(digits, digits, 1, folder.resolve("random")) < 0.9);
    }

    private static GlimpseStudy study(Gaze gaze) {
        RecurrentAttentionModel model = new RecurrentAttentionModel(
                new GlimpseNetwork(new GlimpseSensor(2, 1, 2), 8, 8), 8, 2, 0.1, Digits.CLASSES);
        return new GlimpseStudy(OneDnnBackend.create(), new Scene(SIDE, 0), model, gaze, 16, 100, 1e-2);
    }

    private Digits squares() throws IOException {
        for (int digit = 0; digit < Digits.CLASSES; digit++) {
            byte[] pixels = new byte[3 * SIDE * SIDE];
            Arrays.fill(pixels, (byte) (25 * digit));
            Path file = folder.resolve("digits/train/" + digit + "/square.png");
            Files.createDirectories(file.getParent());
            RgbImage.of(SIDE, SIDE, pixels).writePng(file);
        }
        return Digits.read(folder.resolve("digits"), "train");
    }
}
