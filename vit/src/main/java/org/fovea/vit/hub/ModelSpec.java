package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fovea.core.config.ConfigFile;
import org.fovea.vit.model.ClassifierConfig;

/**
 * What a checkpoint's {@code config.json} says.
 *
 * @param config the configuration for a number of classes
 * @param labels one per class, where the file names them
 * @param classes the number of classes, where the file says it
 */
record ModelSpec(
        IntFunction<ClassifierConfig> config,
        Optional<List<String>> labels,
        Optional<Integer> classes,
        NameTable names) {
    /**
     * Reads the file of any kind of checkpoint there is.
     *
     * @throws org.fovea.core.ModelFormatException when it is of none, or a value is wrong
     */
    static ModelSpec read(ConfigFile file) {
        if (TimmConfig.isTimm(file)) {
            return TimmConfig.read(file);
        }
        return CctFile.describes(file) ? CctFile.read(file) : HubConfig.read(file);
    }
}
