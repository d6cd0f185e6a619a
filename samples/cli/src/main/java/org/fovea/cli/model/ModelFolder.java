package org.fovea.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.vit.ShippedModels;

/** A checkpoint folder, or a shipped model by its name. */
public final class ModelFolder {
    /** Model that {@code classify} uses where nothing else is asked for. */
    public static final String CLASSIFIER = "cifar10";
    /** Model that {@code caption} uses where nothing else is asked for. */
    public static final String CAPTIONER = "scenes-captioner";
    /** Model that {@code ask} uses where nothing else is asked for. */
    public static final String ANSWERER = "scenes-answerer";
    /** Model that {@code segment} uses where nothing else is asked for. */
    public static final String SEGMENTER = "nuclei";

    private ModelFolder() {}

    /** Returns whether a model of that name is in this build. */
    public static boolean isShipped(String name) {
        return ShippedModels.names().contains(name);
    }

    /** The folder of that name where there is one, else that of the shipped model; else the path as it is, for the error. */
    public static Path of(String name) {
        return existing(name).orElseGet(() -> Path.of(name));
    }

    /** The folder of that name, else that of the shipped model; empty where there is neither. */
    public static Optional<Path> existing(String name) {
        Path path = Path.of(name);
        if (Files.exists(path)) {
            return Optional.of(path);
        }
        return isShipped(name) ? Optional.of(ShippedModels.directory(name)) : Optional.empty();
    }
}
