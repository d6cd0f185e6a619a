package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.core.image.RgbImage;
import org.fovea.core.testing.FixtureFiles;

/**
 * One run of the command line.
 *
 * @param out what it printed on the standard output
 */
public record Cli(int exitCode, String out, String err) {
    /** Runs in this process. */
    public static Cli run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Fovea.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Cli(exitCode, out.toString(), err.toString());
    }

    /** A process that runs the command line. */
    public static ProcessBuilder process(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Fovea.class.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** Runs as a process of its own, with that on its standard input. */
    static Cli spawn(String input, ProcessBuilder builder) throws IOException, InterruptedException {
        File out = File.createTempFile("cli", ".out");
        File err = File.createTempFile("cli", ".err");
        try {
            Process process = builder.redirectOutput(out).redirectError(err).start();
            try (var writer = process.outputWriter()) {
                writer.write(input);
            }
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("the process did not end: " + Files.readString(err.toPath()));
            }
            return new Cli(process.exitValue(), Files.readString(out.toPath()), messages(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    /** A process's standard error without the JVM's lines on options that it takes from the environment. */
    static String messages(Path err) throws IOException {
        return Files.readString(err).replaceAll("(?m)^(NOTE: )?Picked up \\w*JAVA\\w*_OPTIONS: .*\\R?", "");
    }

    /** Each line of the output as JSON. */
    public List<JsonNode> json() {
        return out.lines().map(Cli::parse).toList();
    }

    public static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The small checkpoint of the reference library: five classes, 32 x 32 pixels. */
    public static Path checkpoint() {
        return FixtureFiles.of("vit-hf");
    }

    /** The image that the reference's results are of. */
    public static Path photo() {
        return checkpoint().resolve("image.png");
    }

    /** Writes a picture, a different one for each number. */
    public static Path picture(Path file, int number) throws IOException {
        int height = 30 + number % 7;
        int width = 40 + number % 5;
        byte[] rgb = new byte[3 * height * width];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * (number + 3) / 5 + number * 31);
        }
        Files.createDirectories(file.getParent());
        RgbImage.of(height, width, rgb).writePng(file);
        return file;
    }

    /** Checks that a command failed with one line that says why. */
    static void refused(Cli failed, String... texts) {
        assertEquals(ExitCode.FAILED, failed.exitCode(), failed.err());
        assertEquals(1, failed.err().lines().count(), "one line: " + failed.err());
        assertFalse(failed.err().contains("unexpected"), failed.err());
        for (String text : texts) {
            assertTrue(failed.err().contains(text), failed.err());
        }
    }
}
