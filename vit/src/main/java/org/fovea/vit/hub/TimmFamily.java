package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.config.ConfigFile;
import org.fovea.vit.model.ClassifierConfig;

/** A family of timm's, whose architecture's name tells the sizes that its {@code config.json} leaves out. */
interface TimmFamily extends ClassifierFamily {
    @Override
    default String key() {
        return "architecture";
    }

    /** The {@link #examples}. */
    @Override
    default Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> out = new LinkedHashMap<>();
        examples().forEach(name -> out.put(name, () -> preset(name).orElseThrow()));
        return out;
    }

    /** Configuration of a size that matches one of the name patterns, with 1,000 classes. */
    @Override
    default Optional<ClassifierConfig> preset(String name) {
        return TimmKeys.named(this, name);
    }

    /**
     * Parts of the architecture's name.
     *
     * @throws org.fovea.core.ModelFormatException when it does not match the pattern
     */
    default Matcher architecture(ConfigFile file, Pattern form) {
        return TimmKeys.architecture(file, form).orElseThrow(() -> file.wrong(key(), "must be one of " + names()));
    }
}
