package org.fovea.vit.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.MixTransformerConfig;
import org.fovea.vit.model.MixTransformerEncoder;
import org.fovea.vit.model.MixTransformerEncoder.Stage;
import org.fovea.vit.model.MixTransformerPresets;

/**
 * The encoder of SegFormer with a classifier in Hugging Face transformers: {@code SegformerForImageClassification}.
 *
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021</a>
 */
final class HfSegformer implements HfFamily {
    private static final String TYPE = "segformer";
    private static final int PIXELS = 224; // image size of the ImageNet checkpoints, some of which leave it out
    private static final int CLASSES = 1000;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        MixTransformerEncoder encoder = encoder(
                file, file.integer("image_size", 1, ModelLimits.IMAGE_PIXELS).orElse(PIXELS));
        NameTable names = NameTable.under(TYPE + ".")
                .part("", "", weights())
                .outside("head", "classifier")
                .build();
        return hf.spec(n -> new MixTransformerConfig(encoder, n), names);
    }

    /** Encoder without the head, with the defaults of the reference's {@code SegformerConfig}. */
    static MixTransformerEncoder encoder(ConfigFile file, int pixels) {
        int count = file.integer("num_encoder_blocks", 1, 16).orElse(4);
        List<Integer> widths = stages(file, "hidden_sizes", count, ModelLimits.WIDTH, List.of(32, 64, 160, 256));
        List<Integer> depths = stages(file, "depths", count, ModelLimits.DEPTH, List.of(2, 2, 2, 2));
        List<Integer> heads = stages(file, "num_attention_heads", count, ModelLimits.WIDTH, List.of(1, 2, 5, 8));
        List<Integer> reductions = stages(file, "sr_ratios", count, ModelLimits.KERNEL, List.of(8, 4, 2, 1));
        List<Integer> patches = stages(file, "patch_sizes", count, ModelLimits.KERNEL, List.of(7, 3, 3, 3));
        List<Integer> strides = stages(file, "strides", count, ModelLimits.KERNEL, List.of(4, 2, 2, 2));
        List<Integer> ratios = stages(file, "mlp_ratios", count, ModelLimits.KERNEL, List.of(4, 4, 4, 4));
        List<Stage> all = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            all.add(new Stage(
                    widths.get(s),
                    depths.get(s),
                    heads.get(s),
                    reductions.get(s),
                    patches.get(s),
                    strides.get(s),
                    ratios.get(s)));
        }
        int channels = file.integer("num_channels", 1, ModelLimits.CHANNELS).orElse(3);
        return new MixTransformerEncoder(pixels, pixels, channels, new HfConfig(file).activation(), all);
    }

    private static List<Integer> stages(ConfigFile file, String key, int count, int most, List<Integer> byDefault) {
        List<Integer> out = file.integers(key, 1, most).orElse(byDefault);
        if (out.size() != count) {
            throw file.wrong(key, "a number for each of the " + count + " stages");
        }
        return out;
    }

    /** Names of the encoder's weights, without a prefix. */
    static NameTable weights() {
        String block = "encoder.block.*.*.";
        String ours = "stages.*.blocks.*.";
        String attention = block + "attention.self.";
        return NameTable.under("")
                .row("stages.*.patches", "encoder.patch_embeddings.*.proj")
                .row("stages.*.patch_norm", "encoder.patch_embeddings.*.layer_norm")
                .row(ours + "norm1", block + "layer_norm_1")
                .row(ours + "attention.qkv", attention + "query", attention + "key", attention + "value")
                .row(ours + "attention.query", attention + "query")
                .row(ours + "attention.kv", attention + "key", attention + "value")
                .row(ours + "attention.reduction", attention + "sr")
                .row(ours + "attention.norm", attention + "layer_norm")
                .row(ours + "attention.output", block + "attention.output.dense")
                .row(ours + "norm2", block + "layer_norm_2")
                .row(ours + "feed_forward.in", block + "mlp.dense1")
                .row(ours + "feed_forward.depthwise", block + "mlp.dwconv.dwconv")
                .row(ours + "feed_forward.out", block + "mlp.dense2")
                .row("stages.*.norm", "encoder.layer_norm.*")
                .build();
    }

    /** Configuration keys that {@link #encoder} reads. */
    static Map<String, Object> keys(MixTransformerEncoder e) {
        List<Stage> stages = e.stages();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        out.put("num_channels", e.channels());
        out.put("num_encoder_blocks", stages.size());
        out.put("depths", stages.stream().map(Stage::depth).toList());
        out.put("sr_ratios", stages.stream().map(Stage::reduction).toList());
        out.put("hidden_sizes", stages.stream().map(Stage::width).toList());
        out.put("patch_sizes", stages.stream().map(Stage::patch).toList());
        out.put("strides", stages.stream().map(Stage::stride).toList());
        out.put("num_attention_heads", stages.stream().map(Stage::heads).toList());
        out.put("mlp_ratios", stages.stream().map(Stage::mlpRatio).toList());
        out.put("hidden_act", e.activation().hubName());
        return out;
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof MixTransformerConfig mix)) {
            return Optional.empty();
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of("Segformer" + HfConfig.CLASSIFIER));
        keys.putAll(keys(mix.encoder()));
        keys.put("image_size", mix.imageHeight());
        NameTable names = read(ConfigFile.of(Path.of("config.json"), keys)).names();
        return Optional.of(new CheckpointFormat(keys, names));
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> out = new LinkedHashMap<>();
        IntStream.range(0, MixTransformerPresets.sizes())
                .forEach(size -> out.put(
                        "mit-b" + size,
                        () -> new MixTransformerConfig(MixTransformerPresets.of(size, PIXELS), CLASSES)));
        return out;
    }
}
