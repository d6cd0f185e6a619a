package org.fovea.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.vit.ShippedModels;

/** A checkpoint folder, or a shipped model by its name. */
public final class ModelFolder {
    /** Default model of {@code classify}. */
    public static final String CLASSIFIER = "cifar10";
    /** Default model of {@code caption}. */
    public static final String CAPTIONER = "scenes-captioner";
    /** Default model of {@code ask}. */
    public static final String ANSWERER = "scenes-answerer";
    /** Default model of {@code segment}. */
    public static final String SEGMENTER = "nuclei";

    private ModelFolder() {}

    /** Returns whether a model of that name is in this build. */
    public static boolean isShipped(String name) {
        return ShippedModels.names().contains(name);
    }

    /**
     * Folder of that name if it exists, else that of the shipped model of the name; the unchanged path if there is neither, for
     * the error.
     */
    public static Path of(String name) {
        return existing(name).orElseGet(() -> Path.of(name));
    }

    /** Folder of that name if it exists, else that of the shipped model of the name; empty if there is neither. */
    public static Optional<Path> existing(String name) {
        Path path = Path.of(name);
        if (Files.exists(path)) {
            return Optional.of(path);
        }
        return isShipped(name) ? Optional.of(ShippedModels.directory(name)) : Optional.empty();
    }
}
