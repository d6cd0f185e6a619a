package org.fovea.studies.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program runs. */
class ClassifyPhotoTest {
    @TempDir
    Path folder;

    @Test
    void printsTheClassesAndDrawsTheHeatMap() throws IOException {
        Path checkpoint = FixtureFiles.of("vit-hf");
        Path photo = checkpoint.resolve("image.png");
        Path map = folder.resolve("map.png");
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            ClassifyPhoto.main(new String[] {checkpoint.toString(), photo.toString(), map.toString()});
        } finally {
            System.setOut(before);
        }
        assertEquals(
                " 51.7 %  astronaut",
                out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
        ImageDecoder decoder = ImageDecoder.create();
        assertEquals(decoder.decode(photo).toString(), decoder.decode(map).toString());
    }
}
