package org.fovea.samples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.vit.ShippedModels;

/** A checkpoint folder, or a shipped model by its name. */
final class ModelFolder {
    /** What {@code classify} uses where nothing else is asked for. */
    static final String DEFAULT = "cifar10";

    private ModelFolder() {}

    /** Whether {@link #DEFAULT} is in this build. */
    static boolean hasDefault() {
        return ShippedModels.names().contains(DEFAULT);
    }

    /** The folder of that name where there is one, else that of the shipped model; else the path as it is, for the error. */
    static Path of(String name) {
        List<String> shipped = ShippedModels.names();
        Path path = Path.of(name);
        return !Files.exists(path) && shipped.contains(name)
                ? ShippedModels.directory(name, ShippedModels.userCache())
                : path;
    }
}
