package org.fovea.cli.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.cli.Cli;
import org.fovea.cli.classify.ClassificationView;
import org.fovea.cli.classify.Scores;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --resume}: each image once, whatever happened to the run before. */
class ResumeTest {
    private static final int PLENTY = 1500;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private List<String> doneFiles(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Cli.parse(line).get("file").asText())
                .toList();
    }

    private static String failed(Path file, String problem) {
        ImageInput input = new ImageInput.File(file);
        return new JsonReport<>(new ClassificationView(Scores.SOFTMAX))
                .lines(new Outcome.Failed<>(input, new ImageException(input.name(), problem, null)));
    }

    @Test
    void secondRunAddsOnlyWhatIsNew() throws IOException {
        Path done = folder.resolve("done.jsonl");
        Path a = Cli.picture(folder.resolve("in/a.png"), 1);
        Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, a, a);
        assertEquals(List.of(a.toString()), doneFiles(done));
        Path b = Cli.picture(folder.resolve("in/b.png"), 2);
        Cli again = Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, "-f", "json", folder.resolve("in"));
        assertEquals(List.of(a.toString(), b.toString()), doneFiles(done));
        assertEquals(b.toString(), again.json().get(0).get("file").asText());
        assertEquals(1, again.json().size());
        assertTrue(again.err().contains("1 images were done already"), again.err());
    }

    @Test
    void exitCodeIsThatOfARunInOneGo() throws IOException {
        Path done = folder.resolve("done.jsonl");
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        assertEquals(
                1,
                Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, bad)
                        .exitCode());
        Cli again = Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, bad, Cli.photo());
        assertEquals(1, again.exitCode());
        assertEquals(List.of(bad.toString(), Cli.photo().toString()), doneFiles(done));
    }

    @Test
    void tornLastLineIsCutOff() throws IOException {
        Path done = folder.resolve("done.jsonl");
        Path a = Cli.picture(folder.resolve("a.png"), 1);
        Path b = Cli.picture(folder.resolve("b.png"), 2);
        String whole = failed(a, "x");
        String next = failed(b, "y");
        for (int cut : List.of(1, 5, 12, next.length() - 2)) {
            Files.writeString(done, whole + next.substring(0, cut));
            Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, a, b);
            assertEquals(List.of(a.toString(), b.toString()), doneFiles(done), "cut after " + cut);
            assertTrue(Files.readString(done).startsWith(whole));
        }
    }

    @Test
    void lineThatLacksOnlyItsEndIsKept() throws IOException {
        Path done = folder.resolve("done.jsonl");
        Path a = Cli.picture(folder.resolve("a.png"), 1);
        String whole = failed(a, "x");
        Files.writeString(done, whole.stripTrailing());
        Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, a);
        assertEquals(whole, Files.readString(done));
    }

    @Test
    void fileOfAnotherKindIsLeftAlone() throws IOException {
        for (String content : List.of("{\"model_type\": \"vit\"}", "dear diary\n", "{\"file\":3}\n")) {
            Path mine = Files.writeString(folder.resolve("mine"), content);
            Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--resume", mine, Cli.photo());
            assertEquals(1, run.exitCode());
            assertTrue(run.err().contains("must be a JSON line"), run.err());
            assertEquals(content, Files.readString(mine));
        }
    }

    @Test
    void fileInUseIsRefused() throws IOException {
        Path done = folder.resolve("done.jsonl");
        try (ResumeFile held = ResumeFile.open(done)) {
            Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--resume", held, Cli.photo());
            assertEquals(1, run.exitCode());
            assertTrue(run.err().contains("another fovea"), run.err());
        }
        assertEquals(
                0,
                Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, Cli.photo())
                        .exitCode());
    }

    @Test
    void killedRunGoesOnWhereItWas() throws IOException, InterruptedException {
        Path images = folder.resolve("images");
        byte[] picture = Files.readAllBytes(Cli.picture(folder.resolve("one.png"), 1));
        Files.createDirectories(images);
        for (int i = 0; i < PLENTY; i++) {
            Files.write(images.resolve(i + ".png"), picture);
        }
        Path done = folder.resolve("done.jsonl");
        Process first = Cli.process("classify", "-m", Cli.checkpoint(), "--resume", done, images)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while ((!Files.exists(done) || Files.size(done) < 20_000) && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        first.destroyForcibly().waitFor();
        long before = Files.readAllLines(done).size();
        assertTrue(before > 0 && before < PLENTY, "killed after " + before + " images: too late or too early to tell");
        Files.writeString(done, "{\"file\":\"torn", StandardOpenOption.APPEND);
        Cli second = Cli.run("classify", "-m", Cli.checkpoint(), "--resume", done, images);
        assertEquals(0, second.exitCode(), second.err());
        List<String> files = doneFiles(done);
        assertEquals(PLENTY, files.size());
        assertEquals(PLENTY, files.stream().distinct().count());
    }
}
