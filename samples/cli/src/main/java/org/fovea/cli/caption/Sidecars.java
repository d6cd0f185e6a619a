package org.fovea.cli.caption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.fovea.captioning.Caption;
import org.fovea.captioning.Captions;
import org.fovea.cli.images.ImageOutput;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.io.AtomicFile;

/**
 * Text files beside images: {@code photo.txt} beside {@code photo.jpg}. A file is written before its image's line of
 * {@code --resume}, so a killed run leaves at most one without its line: that of the image at which the next run goes on,
 * which finds there what it was about to write.
 */
final class Sidecars implements ImageOutput {
    private final String extension;
    private final String prefix;
    private final String suffix;
    private final boolean overwrite;
    private final Map<Path, Claim> claims = new ConcurrentHashMap<>();
    private final Set<Path> folders = new HashSet<>();
    private volatile Path first;

    /** The image that a file belongs to, and whether the file was there before this run. */
    private record Claim(String image, boolean isThere) {}

    Sidecars(String extension, String prefix, String suffix, boolean overwrite) {
        this.extension = extension;
        this.prefix = prefix;
        this.suffix = suffix;
        this.overwrite = overwrite;
    }

    @Override
    public void announce(ImageInput input, boolean done) {
        if (!(input instanceof ImageInput.File image)) {
            return;
        }
        Path file = file(image.path());
        Claim claim =
                claims.computeIfAbsent(file, f -> new Claim(input.name(), Files.exists(f, LinkOption.NOFOLLOW_LINKS)));
        if (folders.add(file.getParent())) {
            deleteAbandoned(file.getParent());
        }
        if (!done && first == null && claim.image().equals(input.name())) {
            first = file;
        }
    }

    private static void deleteAbandoned(Path folder) {
        try {
            AtomicFile.deleteAbandoned(folder);
        } catch (IOException e) {
            // a folder that is missing or cannot be listed is reported for its images
        }
    }

    private Path file(Path image) {
        String name = image.getFileName() == null ? "" : image.getFileName().toString();
        return image.toAbsolutePath().normalize().resolveSibling(name.replaceFirst("\\.[^.]*$", "") + "." + extension);
    }

    @Override
    public void check(ImageInput input) {
        if (!(input instanceof ImageInput.File image)) {
            return;
        }
        Path file = file(image.path());
        Claim claim = claims.get(file);
        if (file.equals(image.path().toAbsolutePath().normalize())) {
            throw new ImageException(input.name(), "its caption would be written over it; give another --sidecar");
        }
        if (!claim.image().equals(input.name())) {
            throw new ImageException(
                    input.name(),
                    file.getFileName() + " is for the caption of " + claim.image() + "; rename one of the images");
        }
        if (claim.isThere() && !overwrite && !file.equals(first)) {
            throw isThere(input, file);
        }
    }

    private static ImageException isThere(ImageInput input, Path file) {
        return new ImageException(input.name(), file.getFileName() + " is there already; --overwrite replaces it");
    }

    /**
     * Writes the text file of an image.
     *
     * @throws ImageException when it exists with another text, or cannot be written
     */
    void write(ImageInput input, Captions captions) {
        if (!(input instanceof ImageInput.File image)) {
            return;
        }
        Path file = file(image.path());
        String text = captions.all().stream()
                .map(Caption::text)
                .map(caption -> prefix + caption + suffix + "\n")
                .collect(Collectors.joining());
        ImageOutput.write(input, () -> {
            if (overwrite) {
                AtomicFile.write(file, text);
            } else if (!create(file, text)) {
                throw isThere(input, file);
            }
        });
    }

    /** Creates the file unless it exists; returns whether it contains the text now. */
    private static boolean create(Path file, String text) throws IOException {
        try {
            AtomicFile.create(file, text);
            return true;
        } catch (FileAlreadyExistsException e) {
            return Files.isRegularFile(file)
                    && Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
