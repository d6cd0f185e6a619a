package org.fovea.core.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;

/** A checkpoint's directory, whose {@code config.json} says what it is. */
public final class CheckpointDirectory {
    private static final String CONFIG = "config.json";

    private CheckpointDirectory() {}

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelFormatException when there is none, or it is no JSON object
     */
    public static ConfigFile config(Path directory) {
        Path file = directory.resolve(CONFIG);
        if (!Files.exists(file)) {
            throw new ModelFormatException(file + ": a checkpoint directory must hold this file, got "
                    + (Files.isDirectory(directory) ? "a directory without it" : "no such directory")
                    + ". Give the directory that also holds the weights, and download config.json into it.");
        }
        return ConfigFile.read(file);
    }

    /** Reads sizes that are in range but may not go together, which is then the file's fault. */
    public static <T> T checked(ConfigFile config, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(
                    config.file() + ": " + e.getMessage()
                            + ". Check that the file is the checkpoint's own and unchanged.",
                    e);
        }
    }
}
