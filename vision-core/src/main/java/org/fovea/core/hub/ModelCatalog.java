package org.fovea.core.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The models of a task, which describe themselves: its checkpoints and its published sizes. */
public interface ModelCatalog {
    /** The families of the task. */
    ModelFamilies<?> families();

    /** Published names, as on the Hugging Face hub but without the owner. */
    List<String> presets();

    /** Returns whether a name is that of a published size, including names not in the list. */
    boolean hasPreset(String name);

    /**
     * Describes a published size.
     *
     * @param imagePixels side of the images, empty for the default
     * @throws IllegalArgumentException when there is no such size, or it does not support such images
     */
    ModelDescription preset(String name, Optional<Integer> imagePixels);

    /**
     * Describes a checkpoint, whose weights are checked but not read.
     *
     * @param imagePixels side of the images, empty for that of the checkpoint's preprocessing
     * @throws org.fovea.core.ModelFormatException when the checkpoint is wrong
     * @throws IllegalArgumentException when the model does not support such images
     */
    ModelDescription checkpoint(Path directory, Optional<Integer> imagePixels);
}
