package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that cannot be read and checkpoints that are wrong: each says why, and nothing else is lost. */
class BadInputTest {
    private static final int PNG_WIDTH_AT = 16;
    private static final int PNG_HEADER_TYPE_AT = 12;
    private static final int PNG_HEADER_CRC_AT = 29;

    @TempDir
    Path folder;

    @Test
    void badImagesCarryTheirErrorsAndTheOthersGoOn() throws IOException {
        byte[] good = Files.readAllBytes(Cli.photo());
        Path truncated = Files.write(folder.resolve("truncated.png"), Arrays.copyOf(good, good.length / 2));
        Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
        Path text = Files.writeString(folder.resolve("text.jpg"), "this is no image at all");
        Path huge = Files.write(folder.resolve("huge.png"), lying(good, 30_000));
        Path missing = folder.resolve("missing.png");
        Path noImages = Files.createDirectory(folder.resolve("none"));
        Cli run = Cli.run(
                "classify",
                "-m",
                Cli.checkpoint(),
                "-f",
                "json",
                truncated,
                empty,
                text,
                huge,
                missing,
                noImages,
                Cli.photo());
        List<JsonNode> lines = run.json();
        assertEquals(7, lines.size(), run.out());
        assertError(lines.get(0), truncated, "");
        assertError(lines.get(1), empty, "");
        assertError(lines.get(2), text, "");
        assertError(lines.get(3), huge, "30000");
        assertError(lines.get(4), missing, "there is no such file");
        assertError(lines.get(5), noImages, "holds no image");
        assertEquals("astronaut", lines.get(6).at("/predictions/0/label").asText());
        assertEquals(1, run.exitCode());
        assertEquals("fovea: 6 of 7 images failed", run.err().strip());
    }

    private static void assertError(JsonNode line, Path file, String part) {
        assertEquals(file.toString(), line.get("file").asText());
        String error = line.path("error").asText();
        assertTrue(!error.isEmpty() && error.contains(part), line.toString());
        assertFalse(error.startsWith(file.toString()), "the file is named already: " + error);
    }

    /** A PNG whose header is whole and says another size. */
    private static byte[] lying(byte[] png, int pixels) {
        byte[] out = png.clone();
        ByteBuffer.wrap(out).putInt(PNG_WIDTH_AT, pixels).putInt(PNG_WIDTH_AT + 4, pixels);
        CRC32 crc = new CRC32();
        crc.update(out, PNG_HEADER_TYPE_AT, PNG_HEADER_CRC_AT - PNG_HEADER_TYPE_AT);
        ByteBuffer.wrap(out).putInt(PNG_HEADER_CRC_AT, (int) crc.getValue());
        return out;
    }

    @Test
    void onePixelIsAnImage() throws IOException {
        Path one = folder.resolve("one.png");
        RgbImage.of(1, 1, new byte[] {1, 2, 3}).writePng(one);
        assertEquals(0, Cli.run("classify", "-m", Cli.checkpoint(), one).exitCode());
    }

    @Test
    void maxPixelsIsCheckedBeforeDecoding() {
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--max-pixels", 1000, Cli.photo());
        assertTrue(run.out().contains("error: "), run.out());
        assertTrue(run.out().contains("1000"), run.out());
        assertEquals(1, run.exitCode());
    }

    @Test
    void unreadableFile() throws IOException {
        Path file = Cli.picture(folder.resolve("secret.png"), 1);
        Assumptions.assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), file, Cli.photo());
        assertTrue(run.out().contains("may not be read"), run.out());
        assertEquals(1, run.exitCode());
    }

    @Test
    void unknownModelTypeIsNamedWithoutAStack() throws IOException {
        Path model = folder.resolve("model");
        Files.createDirectories(model);
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"bert\"}");
        Cli run = Cli.run("classify", "-m", model, Cli.photo());
        assertTrue(run.err().startsWith("fovea: ") && run.err().contains("\"bert\""), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.exitCode());
        assertTrue(Cli.run("classify", "-v", "-m", model, Cli.photo()).err().contains("\tat "), "--verbose");
    }

    @Test
    void folderWithoutACheckpoint() {
        Cli run = Cli.run("classify", "-m", folder.resolve("nowhere"), Cli.photo());
        assertTrue(run.err().contains("config.json"), run.err());
        assertEquals(1, run.exitCode());
    }
}
