package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Writes timm's {@code config.json} for a model made from one of timm's: the file there, with the classes and the image size
 * of the new model. The architecture's name and arguments stay, and with them what has no place in other layouts.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/_hub.py},
 *     {@code load_model_config_from_hf}</a>
 */
final class TimmFile {
    private static final String PUBLISHED = "pretrained_cfg";

    private TimmFile() {}

    /**
     * Configuration keys of the file.
     *
     * @param file timm's configuration, already read by {@link TimmConfig}
     */
    static Map<String, Object> keys(ConfigFile file, ClassifierConfig config, List<String> labels) {
        int height = config.imageHeight();
        int width = config.imageWidth();
        Map<String, Object> root = new LinkedHashMap<>(file.values());
        Map<String, Object> published = file.has(PUBLISHED) ? copy(file, PUBLISHED) : root; // older files are flat
        for (Map<String, Object> each : List.of(root, published)) {
            each.keySet().removeAll(List.of("label_names", "label_descriptions"));
            each.put("num_classes", config.classes());
        }
        root.put("label_names", labels);
        published.put("input_size", List.of(config.channels(), height, width));
        if (file.has(PUBLISHED)) {
            root.put(PUBLISHED, published);
        }
        Map<String, Object> arguments = copy(file, "model_args");
        arguments.remove("num_classes");
        arguments.put("img_size", height == width ? height : List.of(height, width));
        root.put("model_args", arguments);
        return root;
    }

    private static Map<String, Object> copy(ConfigFile file, String key) {
        return file.object(key).map(o -> new LinkedHashMap<>(o.values())).orElseGet(LinkedHashMap::new);
    }
}
