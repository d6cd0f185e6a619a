package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea score instances} and {@code fovea score masks}. */
class MaskScoreTest {
    @TempDir
    Path folder;

    private Path write(String name, int... labels) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, LabelFiles.encode(LabelMask.of(1, labels.length, labels)));
    }

    private Cli score(String kind, Object... more) {
        Object[] all = new Object[more.length + 4];
        all[0] = "score";
        all[1] = kind;
        all[2] = folder.resolve("truth");
        all[3] = folder.resolve("predicted");
        System.arraycopy(more, 0, all, 4, more.length);
        return Cli.run(all);
    }

    /** One of two objects found in the first image, none to find in the second. */
    @Test
    void objectsOfAllImagesCountTogether() throws IOException {
        write("truth/a.png", 300, 300, 0, 2);
        write("predicted/a.png", 5, 5, 0, 0);
        write("truth/b.png", 0, 0);
        write("predicted/b.png", 0, 9);
        JsonNode out = score("instances", "--threshold", "0.5,0.9", "--format", "json")
                .json()
                .get(0);
        JsonNode at = out.at("/pooled/1");
        assertEquals(0.9, at.get("threshold").asDouble());
        assertEquals(1, at.get("true_positives").asInt());
        assertEquals(1, at.get("false_positives").asInt());
        assertEquals(1, at.get("false_negatives").asInt());
        assertEquals(1.0 / 3, at.get("ap").asDouble(), 1e-9);
        assertEquals((0.5 + 0) / 2, at.get("image_mean_ap").asDouble(), 1e-9);
        assertEquals("a.png", out.at("/images/0/name").asText());
        assertEquals(0.5, out.at("/images/0/scores/0/ap").asDouble());
        String text = score("instances").out();
        assertEquals(11, text.lines().count());
        assertTrue(text.lines().skip(1).findFirst().orElseThrow().startsWith("0.50  0.3333  0.2500"), text);
    }

    @Test
    void classesHaveTheirScores() throws IOException {
        write("truth/a.png", 0, 1, 1, 255);
        write("predicted/a.png", 0, 1, 0, 1);
        JsonNode out =
                score("masks", "--classes", "3", "--format", "json").json().get(0);
        assertEquals(0.5, out.at("/classes/1/iou").asDouble());
        assertEquals(2.0 / 3, out.at("/classes/0/dice").asDouble(), 1e-9);
        assertTrue(out.at("/classes/2/iou").isNull(), out.toString());
        assertEquals(2.0 / 3, out.get("pixel_accuracy").asDouble(), 1e-9);
        assertTrue(score("masks", "--classes", "3").out().contains("pixel accuracy 0.6667"));
    }

    @Test
    void badMasksAreNamed() throws IOException {
        write("truth/a.png", 0, 7);
        assertTrue(score("instances").err().contains("must be a folder of masks, got nothing of this name"));
        write("predicted/other.png", 0);
        assertTrue(score("instances").err().contains("got none for 1 of 1, such as a.png"));
        write("predicted/a.png", 0, 1, 1);
        assertTrue(score("instances").err().contains("a.png: the masks of an image must have one size, got 1 x 2"));
        write("predicted/a.png", 0, 1);
        Cli beyond = score("masks", "--classes", "2");
        assertTrue(beyond.err().contains("a.png: a true label must be a class, 0 to 1, got 7"), beyond.err());
        assertEquals(1, beyond.exitCode());
        ImageIO.write(
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED),
                "png",
                folder.resolve("predicted/a.png").toFile());
        assertTrue(score("instances").err().contains("got a palette"), "palette");
        assertEquals(2, score("instances", "--threshold", "0").exitCode());
        assertEquals(2, score("masks").exitCode());
    }
}
