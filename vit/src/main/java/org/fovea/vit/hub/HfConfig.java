package org.fovea.vit.hub;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTConfigBuilder;
import org.fovea.vit.model.ViTEncoder;

/** The keys of {@code config.json} that Hugging Face's vision transformers share, with their defaults there. */
record HfConfig(ConfigFile file) {
    static final String CLASSIFIER = "ForImageClassification";

    /**
     * Names of the reference's architectures for classification.
     *
     * @param ends suffixes of the names
     */
    static Architectures classifiers(String... ends) {
        return new Architectures(
                "a classifier",
                Arrays.stream(ends).map("*"::concat).toList(),
                "This checkpoint has no classifier head: choose a fine-tuned one, such as"
                        + " google/vit-base-patch16-224 or facebook/dinov2-small-imagenet1k-1-layer, or train a head.");
    }

    /** Builder with everything except the feed-forward block, the tokens and the head. */
    ViTConfigBuilder encoder(int defaultPatch, double defaultEpsilon) {
        int[] image = file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {224, 224});
        return ViTConfig.builder()
                .croppedImage(image[0], image[1])
                .patch(patch(defaultPatch))
                .channels(file.integer("num_channels", 1, ModelLimits.CHANNELS).orElse(3))
                .size(
                        width(),
                        file.integer("num_hidden_layers", 1, ModelLimits.DEPTH).orElse(12),
                        file.integer("num_attention_heads", 1, ModelLimits.WIDTH)
                                .orElse(12))
                .qkvBias(file.flag("qkv_bias").orElse(true))
                .normEpsilon(file.number("layer_norm_eps", 0, 1).orElse(defaultEpsilon));
    }

    int width() {
        return file.integer("hidden_size", 1, ModelLimits.WIDTH).orElse(768);
    }

    private int patch(int byDefault) {
        int[] patch = file.sides("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {byDefault, byDefault});
        if (patch[0] != patch[1]) {
            throw file.error(
                    "patch_size", "must be square", patch[0] + "x" + patch[1], "Other patches are not supported.");
        }
        return patch[0];
    }

    Mlp mlp() {
        int hidden = file.integer("intermediate_size", 1, ModelLimits.HIDDEN).orElse(3072);
        return new Mlp(hidden, activation());
    }

    Activation activation() {
        String name = file.text("hidden_act").orElse("gelu");
        return Activation.ofHubName(name)
                .orElseThrow(() -> file.error(
                        "hidden_act",
                        "must be one of " + Activation.allHubNames(),
                        "\"" + name + "\"",
                        "Other activations are not supported."));
    }

    ClassifierSpec spec(ViTConfigBuilder config, NameTable.Builder names) {
        return spec(n -> config.classes(n).build(), withPatches(names, config.encoder()));
    }

    /** Classifier with the labels of the file. */
    ClassifierSpec spec(IntFunction<ClassifierConfig> config, NameTable names) {
        Optional<List<String>> labels = Labels.read(file);
        return new ClassifierSpec(
                config,
                labels,
                labels.map(List::size).or(() -> file.integer("num_labels", 1, ModelLimits.CLASSES)),
                names);
    }

    /** Configuration keys that {@link #encoder} reads. */
    static Map<String, Object> keys(String architecture, String modelType, ViTEncoder e) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("architectures", List.of(architecture));
        out.put("model_type", modelType);
        boolean square = e.imageHeight() == e.imageWidth();
        out.put("image_size", square ? e.imageHeight() : List.of(e.imageHeight(), e.imageWidth()));
        out.put("patch_size", e.patchPixels());
        out.put("num_channels", e.channels());
        out.put("hidden_size", e.width());
        out.put("num_hidden_layers", e.depth());
        out.put("num_attention_heads", e.heads());
        if (e.feedForward() instanceof Mlp mlp) {
            out.put("hidden_act", mlp.activation().hubName());
        }
        out.put("qkv_bias", e.qkvBias());
        out.put("layer_norm_eps", e.normEpsilon());
        out.put("hidden_dropout_prob", 0.0);
        out.put("attention_probs_dropout_prob", 0.0);
        return out;
    }

    /** Weight names that all these families share. */
    static NameTable.Builder names(String prefix) {
        String attention = "encoder.layer.*.attention.";
        return NameTable.under(prefix)
                .ignore("pooler.*", "embeddings.mask_token")
                .row("patches", "embeddings.patch_embeddings.projection")
                .row("class_token", "embeddings.cls_token")
                .row("positions", "embeddings.position_embeddings")
                .row(
                        "blocks.*.attention.qkv",
                        attention + "attention.query",
                        attention + "attention.key",
                        attention + "attention.value")
                .row("blocks.*.attention.output", attention + "output.dense")
                .row("norm", "layernorm")
                .outside("head", "classifier");
    }

    /** Weight names with the patch projection, which is stored as a convolution. */
    static NameTable withPatches(NameTable.Builder names, ViTEncoder e) {
        int p = e.patchPixels();
        return names.stored("patches.weight", Shape.of(e.width(), e.channels(), p, p))
                .build();
    }
}
