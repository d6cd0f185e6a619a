package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.image.RgbImage;

/** Images that are soon told apart: red and green squares with some noise. */
public final class ColorSquares {
    private static final int PIXELS = 20;

    private ColorSquares() {}

    /** Writes 16 images to learn from and 8 in each of the splits val and test. */
    public static void make(Path data) throws IOException {
        for (String split : List.of("train", "val", "test")) {
            make(data.resolve(split), split.equals("train") ? 8 : 4);
        }
    }

    /** Writes that many images of each class. */
    static void make(Path split, int each) throws IOException {
        for (int i = 0; i < each; i++) {
            square(split.resolve("green/" + i + ".png"), 1, i);
            square(split.resolve("red/" + i + ".png"), 0, i);
        }
    }

    static void square(Path file, int channel, int number) throws IOException {
        byte[] rgb = new byte[3 * PIXELS * PIXELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i % 3 == channel ? 170 : 30) + (i * (number + 7) % 41));
        }
        Files.createDirectories(file.getParent());
        RgbImage.of(PIXELS, PIXELS, rgb).writePng(file);
    }
}
