package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.junit.jupiter.api.Test;

class ModelFamiliesTest {
    private static final ModelFamilies<ModelFamily<String>> FAMILIES = new ModelFamilies<>(
            "captioners", List.of(new Named("model_type", "blip", "git"), new Named("architecture", "timm_tower")));

    private record Named(String key, List<String> names) implements ModelFamily<String> {
        Named(String key, String... names) {
            this(key, List.of(names));
        }

        @Override
        public String read(ConfigFile config) {
            return names.toString();
        }
    }

    private static ConfigFile config(Map<String, Object> keys) {
        return ConfigFile.of(Path.of("config.json"), keys);
    }

    @Test
    void familyIsTheOneThatRecognizesTheFile() {
        assertEquals("[blip, git]", read(Map.of("model_type", "git")));
        assertEquals("[timm_tower]", read(Map.of("architecture", "timm_tower")));
    }

    private static String read(Map<String, Object> keys) {
        return FAMILIES.of(config(keys)).read(config(keys));
    }

    @Test
    void unknownOnesAreToldWhatThereIsAndTheNearest() {
        assertEquals(
                "config.json: \"model_type\" must be one of [blip, git], got \"blib\". Did you mean \"blip\"? Choose a"
                        + " checkpoint of one of these captioners.",
                refused(Map.of("model_type", "blib")));
        assertTrue(refused(Map.of("architecture", "tower")).contains("must be one of [timm_tower], got \"tower\""));
        assertTrue(refused(Map.of("width", 3)).contains("\"model_type\" must be given"));
    }

    private static String refused(Map<String, Object> keys) {
        return assertThrows(ModelFormatException.class, () -> read(keys)).getMessage();
    }
}
