package org.fovea.vit.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelFamily;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A published family of image classifiers: reads, writes and knows the published sizes. {@link ClassifierFamilies} lists them; a
 * new one is an implementation and a line there.
 */
public interface ClassifierFamily extends ModelFamily<ClassifierSpec> {
    /** The published sizes by name. */
    default Map<String, Supplier<ClassifierConfig>> presets() {
        return Map.of();
    }

    /** Configuration of a published size, or of another one whose name follows the family's pattern. */
    default Optional<ClassifierConfig> preset(String name) {
        return Optional.ofNullable(presets().get(name)).map(Supplier::get);
    }

    /**
     * Checkpoint format of a configuration of this family, without its labels. It may be inexact: {@link #format} discards a
     * format that does not read back as the same configuration.
     *
     * @return empty for a configuration of another kind, or if this family cannot be written
     */
    default Optional<CheckpointFormat> write(ClassifierConfig config) {
        return Optional.empty();
    }

    /** Checkpoint format of a configuration; empty where the family's {@code config.json} cannot express it. */
    default Optional<CheckpointFormat> format(ClassifierConfig config, List<String> labels) {
        return write(config)
                .map(written -> written.with(Labels.keys(labels)))
                .filter(written -> tells(written, config));
    }

    /**
     * Checkpoint format of a model derived from a checkpoint of this family, with other classes or another image size.
     *
     * @param source the checkpoint's {@code config.json}
     */
    default Optional<CheckpointFormat> formatLike(ConfigFile source, ClassifierConfig config, List<String> labels) {
        return format(config, labels);
    }

    private boolean tells(CheckpointFormat written, ClassifierConfig config) {
        try {
            ConfigFile file = ConfigFile.of(Path.of("config.json"), written.config());
            return read(file).config().apply(config.classes()).equals(config);
        } catch (IllegalArgumentException | ModelFormatException e) {
            return false;
        }
    }
}
