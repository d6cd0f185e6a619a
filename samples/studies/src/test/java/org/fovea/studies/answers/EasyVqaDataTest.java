package org.fovea.studies.answers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fovea.core.data.DataFiles;
import org.fovea.vqa.train.AnsweredImage;
import org.fovea.vqa.train.AnsweredQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EasyVqaDataTest {
    @TempDir
    Path folder;

    @Test
    void readsQuestionsByImage() throws IOException {
        Path zip = folder.resolve("easy-vqa.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("test/questions.json"));
            out.write("""
                    [["what is the blue shape?", "rectangle", 1], ["is there a red shape?", "no", 0],
                     ["what color is the shape?", "blue", 1]]""".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("test/images/1.png"));
            out.write('p');
        }
        try (DataFiles files = DataFiles.open(zip)) {
            List<AnsweredImage> images = EasyVqaData.read(files, "test");
            assertEquals(2, images.size());
            assertEquals(
                    List.of(
                            new AnsweredQuestion("what is the blue shape?", List.of("rectangle"), "", "shape"),
                            new AnsweredQuestion("what color is the shape?", List.of("blue"), "", "color")),
                    images.get(1).questions());
            assertEquals("yes/no", images.get(0).questions().get(0).answerType());
            assertArrayEquals(new byte[] {'p'}, images.get(1).source().read());
        }
    }
}
