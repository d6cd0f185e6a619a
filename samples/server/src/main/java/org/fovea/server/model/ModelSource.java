package org.fovea.server.model;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.fovea.vit.ShippedModels;

/**
 * A model that is to be served.
 *
 * @param name name of the model in requests
 * @param directory finds the checkpoint, unpacking it if necessary
 * @param shipped whether the model comes with the library
 */
public record ModelSource(String name, Supplier<Path> directory, boolean shipped) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** Checks the name, which is part of URLs. */
    public ModelSource {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("ModelSource: the name of a model must be 1 to 64 letters, digits, dots,"
                    + " dashes and underscores and begin with a letter or digit, got \"" + name + "\"");
        }
    }

    /** Source of a checkpoint folder. */
    public static ModelSource folder(String name, Path directory) {
        return new ModelSource(name, () -> directory, false);
    }

    /** Source of a model that comes with the library. */
    public static ModelSource shipped(String name) {
        return new ModelSource(name, () -> ShippedModels.directory(name), true);
    }
}
