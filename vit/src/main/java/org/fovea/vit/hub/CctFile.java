package org.fovea.vit.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.CompactEncoder;

/** The {@code config.json} of a compact convolutional transformer, in our own keys; every one but labels is required. */
final class CctFile {
    static final String MODEL_TYPE = "cct";

    private CctFile() {}

    static boolean describes(ConfigFile file) {
        return file.text("model_type").filter(MODEL_TYPE::equals).isPresent();
    }

    static ModelSpec read(ConfigFile file) {
        int[] image = file.required("image_size", file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS));
        ConvTokenizer tokenizer = tokenizer(file);
        int channels = integer(file, "num_channels", ModelLimits.CHANNELS);
        int width = integer(file, "hidden_size", ModelLimits.WIDTH);
        int depth = integer(file, "num_hidden_layers", ModelLimits.DEPTH);
        int heads = integer(file, "num_attention_heads", ModelLimits.WIDTH);
        int hidden = integer(file, "intermediate_size", ModelLimits.HIDDEN);
        Optional<List<String>> labels = HubConfig.labels(file);
        return new ModelSpec(
                classes -> new CctConfig(
                        new CompactEncoder(image[0], image[1], channels, tokenizer, width, depth, heads, hidden),
                        classes),
                labels,
                labels.map(List::size),
                NameTable.ours());
    }

    private static ConvTokenizer tokenizer(ConfigFile file) {
        int kernel = integer(file, "tokenizer_kernel", ModelLimits.KERNEL);
        if (kernel % 2 == 0) {
            throw file.error("tokenizer_kernel", "must be odd", kernel, "Restore the file that was saved.");
        }
        return new ConvTokenizer(
                kernel,
                integer(file, "tokenizer_stride", ModelLimits.KERNEL),
                integer(file, "tokenizer_layers", ModelLimits.DEPTH),
                integer(file, "tokenizer_planes", ModelLimits.WIDTH));
    }

    private static int integer(ConfigFile file, String key, int most) {
        return file.required(key, file.integer(key, 1, most));
    }

    /** Writes the keys but for the labels. */
    static void write(CompactEncoder c, JsonGenerator json) throws IOException {
        json.writeStringField("model_type", MODEL_TYPE);
        json.writeFieldName("image_size");
        json.writeArray(new int[] {c.imageHeight(), c.imageWidth()}, 0, 2);
        json.writeNumberField("num_channels", c.channels());
        json.writeNumberField("tokenizer_kernel", c.tokenizer().kernel());
        json.writeNumberField("tokenizer_stride", c.tokenizer().stride());
        json.writeNumberField("tokenizer_layers", c.tokenizer().layers());
        json.writeNumberField("tokenizer_planes", c.tokenizer().planes());
        json.writeNumberField("hidden_size", c.width());
        json.writeNumberField("num_hidden_layers", c.depth());
        json.writeNumberField("num_attention_heads", c.heads());
        json.writeNumberField("intermediate_size", c.hidden());
    }
}
