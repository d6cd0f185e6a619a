package org.fovea.core.hub;

import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.config.ConfigFile;

/**
 * A family that knows the {@code config.json} of its published sizes.
 *
 * @param <S> type of a model's specification
 */
public interface PresetFamily<S> extends ModelFamily<S> {
    /** Content of {@code config.json} of published sizes, by the hub's name without the owner. */
    default Map<String, Map<String, Object>> presets() {
        return Map.of();
    }

    /** Specification of a published size. */
    default S preset(String name) {
        return read(ConfigFile.of(Path.of(name, "config.json"), presets().get(name)));
    }
}
