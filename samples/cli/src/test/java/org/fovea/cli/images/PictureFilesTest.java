package org.fovea.cli.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @TempDir
    Path folder;

    @Test
    void writeLeavesTheFilesOfAnotherRunAlone() throws IOException {
        PictureFiles files = PictureFiles.in(folder, "-attention");
        Path others = Files.writeString(folder.resolve("cat-attention.png.part"), "half");
        ImageInput cat = new ImageInput.File(Path.of("cat.jpg"));
        files.announce(cat, false);
        files.write(cat, RgbImage.of(1, 1, new byte[3]));
        assertTrue(Files.isRegularFile(folder.resolve("cat-attention.png")));
        assertEquals("half", Files.readString(others));
    }
}
