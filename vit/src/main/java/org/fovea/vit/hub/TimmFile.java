package org.fovea.vit.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.vit.model.ViTConfig;

/**
 * Writes timm's {@code config.json} for a model made from one of timm's: the file there, with the classes and the image size
 * of the new model. The architecture's name and arguments stay, and with them what has no place in other layouts.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/_hub.py},
 *     {@code load_model_config_from_hf}</a>
 */
final class TimmFile {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
            .build());

    private TimmFile() {}

    /**
     * The text of the file.
     *
     * @param source timm's file, which {@link TimmConfig} has read
     * @throws IOException when it cannot be read
     */
    static String text(Path source, ViTConfig config, List<String> labels) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(source.toFile());
        ObjectNode published =
                root.get("pretrained_cfg") instanceof ObjectNode inner ? inner : root; // older files: flat
        for (ObjectNode each : List.of(root, published)) {
            each.remove(List.of("label_names", "label_descriptions"));
            each.put("num_classes", config.classes());
        }
        ArrayNode names = root.putArray("label_names");
        labels.forEach(names::add);
        published
                .putArray("input_size")
                .add(config.channels())
                .add(config.imageHeight())
                .add(config.imageWidth());
        ObjectNode arguments =
                root.get("model_args") instanceof ObjectNode given ? given : root.putObject("model_args");
        arguments.remove("num_classes");
        if (config.imageHeight() == config.imageWidth()) {
            arguments.put("img_size", config.imageHeight());
        } else {
            arguments.putArray("img_size").add(config.imageHeight()).add(config.imageWidth());
        }
        return root.toPrettyString() + "\n";
    }
}
