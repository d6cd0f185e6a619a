package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesCommandTest {
    @TempDir
    Path folder;

    @Test
    void writesPicturesMasksCaptionsAndQuestions() throws IOException {
        Path out = folder.resolve("scenes");
        assertEquals(
                0,
                Cli.run("scenes", out, "--count", 3, "--seed", 7, "--size", 48).exitCode());
        List<String> lines = Files.readAllLines(out.resolve("captions.jsonl"));
        assertEquals(3, lines.size());
        JsonNode line = new ObjectMapper().readTree(lines.get(2));
        BufferedImage picture =
                ImageIO.read(out.resolve(line.get("image").asText()).toFile());
        assertEquals(48, picture.getWidth());
        assertEquals(5, line.get("captions").size());
        String caption = line.get("captions").get(0).asText();
        assertEquals(caption.split(" ").length, line.get("objects").get(0).size());
        BufferedImage instances =
                ImageIO.read(out.resolve("instances/000002.png").toFile());
        int most = 0;
        for (int value : instances.getRaster().getSamples(0, 0, 48, 48, 0, (int[]) null)) {
            most = Math.max(most, value);
        }
        assertTrue(most >= 1 && most <= 5, "objects " + most);
        assertTrue(Files.readString(out.resolve("questions.jsonl")).contains("\"question_type\":\"existence\""));
    }

    @Test
    void sameSeedGivesSameFiles() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        for (Path out : List.of(first, second)) {
            assertEquals(0, Cli.run("scenes", out, "--count", 2, "--size", 32).exitCode());
        }
        try (Stream<Path> files = Files.walk(first)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertArrayEquals(
                        Files.readAllBytes(file),
                        Files.readAllBytes(second.resolve(first.relativize(file))),
                        file + "");
            }
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        Cli twice = Cli.run("scenes", folder, "--count", 1, "--combinations", "some");
        assertEquals(2, twice.exitCode());
        assertTrue(twice.err().contains("must be seen, held-out or all, got 'some'"), twice.err());
        assertEquals(2, Cli.run("scenes", folder, "--count", 0).exitCode());
        assertEquals(0, Cli.run("scenes", folder, "--count", 1).exitCode());
        Cli again = Cli.run("scenes", folder, "--count", 1);
        assertTrue(again.err().contains("name another folder"), again.err());
    }
}
