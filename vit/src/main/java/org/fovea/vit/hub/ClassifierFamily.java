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

    /** A published size, or another whose name has the family's form. */
    default Optional<ClassifierConfig> preset(String name) {
        return Optional.ofNullable(presets().get(name)).map(Supplier::get);
    }

    /**
     * The format of a configuration of this family without its labels; what does not read back as it was is not written, so that
     * it need not hold for every configuration.
     *
     * @return empty for a configuration of another kind, and where the family is not written
     */
    default Optional<CheckpointFormat> write(ClassifierConfig config) {
        return Optional.empty();
    }

    /** The format of a configuration; empty when the family's {@code config.json} cannot tell it. */
    default Optional<CheckpointFormat> format(ClassifierConfig config, List<String> labels) {
        return write(config)
                .map(written -> written.with(Labels.keys(labels)))
                .filter(written -> tells(written, config));
    }

    /**
     * The format of a model made from a checkpoint of this family, with other classes or another image size.
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
