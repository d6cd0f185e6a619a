package org.fovea.cli.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.core.backend.Backend;
import org.fovea.core.io.AtomicFile;

/**
 * The picture of attention across applications: every mechanism run with weights set by hand so that what it looks at can be
 * seen, drawn, and explained on one page.
 */
public final class Gallery {
    /** File name of the page that shows all pictures. */
    public static final String PAGE = "index.html";

    private Gallery() {}

    /**
     * Writes a picture of each mechanism and the page, replacing existing files.
     *
     * @param directory created if it is missing
     * @param written receives each file after it is written
     * @throws IOException when the directory or a file cannot be written
     */
    public static void write(Backend backend, Path directory, Consumer<Path> written) throws IOException {
        Files.createDirectories(directory);
        Studio studio = new Studio(backend);
        List<Exhibit> exhibits = Exhibits.all();
        for (Exhibit exhibit : exhibits) {
            Path file = directory.resolve(exhibit.file());
            exhibit.painter().paint(studio).writePng(file);
            written.accept(file);
        }
        Path page = directory.resolve(PAGE);
        AtomicFile.write(page, Page.of(exhibits));
        written.accept(page);
    }
}
