package org.fovea.segmentation.hub;

import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelFamily;

/** A family of segmenters. {@link SegmenterFamilies} lists them; a new one is an implementation and a line there. */
public interface SegmenterFamily extends ModelFamily<SegmenterSpec> {
    /** The {@code config.json} of published sizes by name. */
    default Map<String, Map<String, Object>> presets() {
        return Map.of();
    }

    /** A published size. */
    default SegmenterSpec preset(String name) {
        return read(ConfigFile.of(Path.of(name, "config.json"), presets().get(name)));
    }
}
