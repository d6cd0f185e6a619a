package org.fovea.studies.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start of training runs, on red and green squares. */
class TrainOnPhotosTest {
    private static final int PIXELS = 20;

    @TempDir
    Path folder;

    @Test
    void leavesAModelThatTellsTheClasses() throws IOException {
        for (int i = 0; i < 8; i++) {
            square(folder.resolve("data/train/red/" + i + ".png"), 0, i);
            square(folder.resolve("data/train/green/" + i + ".png"), 1, i);
        }
        Path photo = folder.resolve("photo.png");
        square(photo, 1, 100);
        Path recipe = folder.resolve("recipe.json");
        Files.writeString(
                recipe,
                "{\"image_size\": 16, \"epochs\": 8, \"batch\": 7, \"warmup_epochs\": 1, \"learning_rate\": 0.003}");
        Path run = folder.resolve("run");
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            TrainOnPhotos.main(
                    new String[] {folder.resolve("data").toString(), run.toString(), photo.toString(), recipe.toString()
                    });
        } finally {
            System.setOut(before);
        }
        assertEquals("green", out.toString(StandardCharsets.UTF_8).strip());
        assertTrue(Files.exists(run.resolve("metrics.csv")) && Files.exists(run.resolve("model.safetensors")));
    }

    private static void square(Path file, int channel, int number) throws IOException {
        byte[] rgb = new byte[3 * PIXELS * PIXELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i % 3 == channel ? 170 : 30) + (i * (number + 7) % 41));
        }
        Files.createDirectories(file.getParent());
        RgbImage.of(PIXELS, PIXELS, rgb).writePng(file);
    }
}
