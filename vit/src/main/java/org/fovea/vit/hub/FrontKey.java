package org.fovea.vit.hub;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.SpatialFront;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.StraightenedConfig;

/**
 * The key of our own that puts a front before a classifier of any family: {@code spatial_transformer}, beside the family's keys.
 * The front's weights have our names. Other programs than this one leave both out.
 */
final class FrontKey {
    private static final String KEY = "spatial_transformer";
    private static final String[] LAYERS = {"front.localisation.conv.*", "front.localisation.hidden", "front.theta"};

    private FrontKey() {}

    /** Adds the spatial transformer that the file names, if any, to a classifier. */
    static ClassifierSpec read(ConfigFile file, ClassifierSpec plain) {
        Optional<String> name = file.text(KEY);
        if (name.isEmpty()) {
            return plain;
        }
        SpatialFront front = SpatialFront.of(name.get())
                .orElseThrow(() -> file.error(
                        KEY,
                        "must be one of " + SpatialFront.labels(),
                        "\"" + name.get() + "\"",
                        "Restore the file that was saved."));
        return new ClassifierSpec(
                classes -> new StraightenedConfig(front, plain.config().apply(classes)),
                plain.labels(),
                plain.classes(),
                names(plain.names()));
    }

    /**
     * Checkpoint format of a configuration with or without a spatial transformer.
     *
     * @param plain makes the format of a configuration without one
     */
    static CheckpointFormat write(ClassifierConfig config, Function<ClassifierConfig, CheckpointFormat> plain) {
        if (!(config instanceof StraightenedConfig straightened)) {
            return plain.apply(config);
        }
        CheckpointFormat format = plain.apply(straightened.classifier());
        return new CheckpointFormat(format.config(), names(format.names()), format.unused())
                .with(Map.of(KEY, straightened.front().label()));
    }

    private static NameTable names(NameTable plain) {
        return plain.withOurs(LAYERS);
    }
}
