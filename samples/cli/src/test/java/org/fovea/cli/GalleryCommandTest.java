package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea gallery}: all files, and a page that needs nothing else. */
class GalleryCommandTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @TempDir
    Path folder;

    @Test
    void writesPicturesAndAPageThatNeedsNothingElse() throws IOException {
        Path out = folder.resolve("a/b");
        Cli run = Cli.run("gallery", out);
        assertEquals(0, run.exitCode(), run.err());
        List<Path> files = run.out().lines().map(Path::of).toList();
        try (Stream<Path> written = Files.list(out)) {
            assertEquals(written.collect(Collectors.toSet()), Set.copyOf(files));
        }
        String page = Files.readString(out.resolve("index.html"));
        List<String> references = REFERENCE
                .matcher(page)
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();
        for (String reference : references) {
            boolean inPage = reference.startsWith("#") && page.contains("id=\"" + reference.substring(1) + "\"");
            boolean paper = reference.startsWith("https://");
            assertTrue(inPage || paper || Files.isRegularFile(out.resolve(reference)), reference);
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.equals("index.html")) {
                assertTrue(references.contains(name), name + " is not on the page");
                var image = ImageIO.read(file.toFile());
                assertTrue(image.getWidth() >= 240 && image.getWidth() <= 2000, name + ": " + image.getWidth());
            }
        }
        assertTrue(files.size() > 30, files.toString());
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("pictures"), "");
        Cli run = Cli.run("gallery", file);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("OUTDIR must be a folder, got the file '" + file + "'"), run.err());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path inFile = Files.writeString(folder.resolve("pictures"), "").resolve("below");
        Cli run = Cli.run("gallery", inFile);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("fovea: " + inFile) && run.err().contains("ot a directory"), run.err());
    }

    @Test
    void outdirIsRequired() {
        Cli run = Cli.run("gallery");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Missing required parameter: 'OUTDIR'"), run.err());
    }
}
