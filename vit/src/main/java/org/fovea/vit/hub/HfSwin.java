package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.SwinConfig;
import org.fovea.vit.model.SwinEncoder;
import org.fovea.vit.model.SwinEncoder.Stage;
import org.fovea.vit.model.SwinPresets;

/**
 * Swin in Hugging Face transformers: {@code SwinForImageClassification}.
 *
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021</a>
 */
final class HfSwin implements HfFamily {
    private static final String TYPE = "swin";

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        if (hf.activation() != Activation.GELU) {
            throw file.wrong("hidden_act", "gelu, as in every published Swin");
        }
        SwinEncoder encoder = encoder(file);
        return hf.spec(n -> new SwinConfig(encoder, n), weights(encoder));
    }

    /** Encoder without the classifier. */
    static VisionTower tower(ConfigFile file) {
        SwinEncoder encoder = encoder(file);
        return new VisionTower(encoder, weights(encoder));
    }

    /** Encoder with the defaults of the reference's {@code SwinConfig}. */
    private static SwinEncoder encoder(ConfigFile file) {
        int[] image = file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {224, 224});
        int[] patch = file.sides("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {4, 4});
        if (patch[0] != patch[1]) {
            throw file.wrong("patch_size", "square");
        }
        return new SwinEncoder(
                image[0],
                image[1],
                file.integer("num_channels", 1, ModelLimits.CHANNELS).orElse(3),
                patch[0],
                file.integer("embed_dim", 1, ModelLimits.WIDTH).orElse(96),
                stages(file),
                file.integer("window_size", 1, ModelLimits.KERNEL).orElse(7),
                file.number("mlp_ratio", 1.0 / 64, 64).orElse(4.0),
                file.flag("qkv_bias").orElse(true),
                file.flag("use_absolute_embeddings").orElse(false),
                file.number("layer_norm_eps", 0, 1).orElse(1e-5));
    }

    private static List<Stage> stages(ConfigFile file) {
        List<Integer> depths = file.integers("depths", 1, ModelLimits.DEPTH).orElse(List.of(2, 2, 6, 2));
        List<Integer> heads = file.integers("num_heads", 1, ModelLimits.WIDTH).orElse(List.of(3, 6, 12, 24));
        if (depths.size() != heads.size()) {
            throw file.wrong("num_heads", "must name as many stages as depths, " + depths.size());
        }
        return SwinPresets.stages(depths, heads);
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        return config instanceof SwinConfig swin
                ? Optional.of(new CheckpointFormat(keys(swin.encoder()), weights(swin.encoder())))
                : Optional.empty();
    }

    /** Configuration keys of an encoder. */
    static Map<String, Object> keys(SwinEncoder e) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("architectures", List.of("Swin" + HfConfig.CLASSIFIER));
        out.put("model_type", TYPE);
        boolean square = e.imageHeight() == e.imageWidth();
        out.put("image_size", square ? e.imageHeight() : List.of(e.imageHeight(), e.imageWidth()));
        out.put("patch_size", e.patchPixels());
        out.put("num_channels", e.channels());
        out.put("embed_dim", e.embeddingWidth());
        out.put("depths", e.stages().stream().map(Stage::depth).toList());
        out.put("num_heads", e.stages().stream().map(Stage::heads).toList());
        out.put("window_size", e.window());
        out.put("mlp_ratio", e.mlpRatio());
        out.put("qkv_bias", e.qkvBias());
        out.put("use_absolute_embeddings", e.absolutePositions());
        out.put("layer_norm_eps", e.normEpsilon());
        out.put("hidden_act", Activation.GELU.hubName());
        out.put("hidden_dropout_prob", 0.0);
        out.put("attention_probs_dropout_prob", 0.0);
        return out;
    }

    private static NameTable weights(SwinEncoder e) {
        String block = "encoder.layers.*.blocks.*.";
        int p = e.patchPixels();
        return NameTable.under(TYPE + ".")
                .ignore("*relative_position_index", "embeddings.mask_token")
                .row("patches", "embeddings.patch_embeddings.projection")
                .row("embedding_norm", "embeddings.norm")
                .row("positions", "embeddings.position_embeddings")
                .row("stages.*.blocks.*.norm1", block + "layernorm_before")
                .row(
                        "stages.*.blocks.*.attention.qkv",
                        block + "attention.self.query",
                        block + "attention.self.key",
                        block + "attention.self.value")
                .row("stages.*.blocks.*.attention.offsets", block + "attention.self.relative_position_bias_table")
                .row("stages.*.blocks.*.attention.output", block + "attention.output.dense")
                .row("stages.*.blocks.*.norm2", block + "layernorm_after")
                .row("stages.*.blocks.*.feed_forward.in", block + "intermediate.dense")
                .row("stages.*.blocks.*.feed_forward.out", block + "output.dense")
                .row("stages.*.merging.norm", "encoder.layers.*.downsample.norm")
                .row("stages.*.merging.reduction", "encoder.layers.*.downsample.reduction")
                .row("norm", "layernorm")
                .outside("head", "classifier")
                .stored("patches.weight", Shape.of(e.embeddingWidth(), e.channels(), p, p))
                .build();
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        m.put("swin-tiny-patch4-window7-224", () -> SwinPresets.tiny(7, 224));
        m.put("swin-small-patch4-window7-224", () -> SwinPresets.small(7, 224));
        m.put("swin-base-patch4-window7-224", () -> SwinPresets.base(7, 224));
        m.put("swin-base-patch4-window12-384", () -> SwinPresets.base(12, 384));
        m.put("swin-large-patch4-window7-224", () -> SwinPresets.large(7, 224));
        m.put("swin-large-patch4-window12-384", () -> SwinPresets.large(12, 384));
        return m;
    }
}
