package org.fovea.cli.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.io.AtomicFile;

/** Writes pictures of results, named as {@link OutputNames} does. */
public final class PictureFiles implements ImageOutput {
    private final Path directory;
    private final OutputNames names;

    private PictureFiles(Path directory, OutputNames names) {
        this.directory = directory;
        this.names = names;
    }

    /** Creates pictures in a directory, which is created if it is missing. */
    public static PictureFiles in(Path directory, String suffix) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.deleteAbandoned(directory);
        return new PictureFiles(directory, new OutputNames(suffix));
    }

    /** Creates pictures in a directory; empty for null. */
    public static Optional<PictureFiles> wanted(Path directory, String suffix) throws IOException {
        return directory == null ? Optional.empty() : Optional.of(in(directory, suffix));
    }

    /** Chooses the name for an image. */
    @Override
    public void announce(ImageInput input, boolean done) {
        names.announce(input);
    }

    /** Writes the picture of an announced image, atomically. */
    public void write(ImageInput input, RgbImage picture) throws IOException {
        picture.writePng(directory.resolve(names.of(input) + ".png"));
    }
}
