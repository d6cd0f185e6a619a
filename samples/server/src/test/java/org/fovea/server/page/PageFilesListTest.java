package org.fovea.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.server.FoveaServer;
import org.junit.jupiter.api.Test;

/** Rules for the page's files: all are listed, short, and without what its policy forbids. */
class PageFilesListTest {
    private static final int MOST_LINES = 200;
    /** Code that the page's content policy forbids or that could turn an answer into markup. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|\\sstyle=|\\son[a-z]+=\"|https?://(?!www\\.w3\\.org/2000/svg|bids\\.github\\.io)");

    private static Path folder() throws URISyntaxException {
        return Path.of(FoveaServer.class
                        .getResource("/org/fovea/server/page/files.txt")
                        .toURI())
                .getParent();
    }

    private static List<Path> files() throws IOException, URISyntaxException {
        try (Stream<Path> all = Files.walk(folder())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void listNamesEveryFile() throws IOException, URISyntaxException {
        Path folder = folder();
        List<String> there = files().stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .filter(name -> !name.equals("files.txt"))
                .sorted()
                .toList();
        assertEquals(there, Files.readAllLines(folder.resolve("files.txt")));
    }

    @Test
    void textsAreShortAndHoldNothingForbidden() throws IOException, URISyntaxException {
        for (Path file : files()) {
            if (file.toString().matches(".*\\.(js|css|html|svg)")) {
                List<String> lines = Files.readAllLines(file);
                assertTrue(
                        lines.size() <= MOST_LINES || file.toString().endsWith(".html"), () -> file + " is too long");
                lines.forEach(line -> assertTrue(!FORBIDDEN.matcher(line).find(), () -> file + ": " + line));
            }
        }
    }
}
