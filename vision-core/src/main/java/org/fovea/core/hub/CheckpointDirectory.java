package org.fovea.core.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;

/** A checkpoint's directory, whose {@code config.json} says what it is. */
public final class CheckpointDirectory {
    private static final String CONFIG = "config.json";

    private CheckpointDirectory() {}

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelFormatException when there is none, or it is not a JSON object
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

    /**
     * Makes a model of a checkpoint.
     *
     * @param <S> type of a model's specification, read from {@code config.json}
     * @param <M> type of the model
     */
    @FunctionalInterface
    public interface Opener<S, M> {
        /**
         * Creates the model.
         *
         * @param file {@code config.json}
         * @param weights weights, which the model closes; if this throws, the caller closes them
         */
        M open(ConfigFile file, S spec, Parameters weights);
    }

    /**
     * Opens a checkpoint of one of several families.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws ModelFormatException when a file is missing or wrong; the message names the file, the key or tensor, the rule,
     *     the actual value and the fix, and lists all mismatched tensors
     */
    public static <S extends ModelSpec, M> M open(
            Path directory, ModelFamilies<? extends ModelFamily<S>> families, Opener<S, M> opener) {
        ConfigFile file = config(directory);
        return checked(file, () -> {
            S spec = families.of(file).read(file);
            Parameters weights = spec.names().map(spec.parameterShapes()).load(Checkpoint.open(directory));
            try {
                return opener.open(file, spec, weights);
            } catch (RuntimeException | Error e) {
                weights.close();
                throw e;
            }
        });
    }

    /** Reads sizes that are in range but may be inconsistent, and reports that as an error of the file. */
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
