package org.fovea.vit.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.config.Nearest;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.MixTransformerEncoder;
import org.fovea.vit.model.MobileNetV1Encoder;
import org.fovea.vit.model.SwinEncoder;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.ViTConfigBuilder;
import org.fovea.vit.model.ViTEncoder;

/** Published image encoders that models of other tasks are made with. */
public final class VisionTowers {
    private static final int PATCH = 16;
    private static final double EPSILON = 1e-5; // defaults of BlipVisionConfig, CLIPVisionConfig and GitVisionConfig
    private static final int HIDDEN = 3072;
    private static final int VILT_PIXELS = 384;
    private static final int VILT_PATCH = 32;

    private static final Map<String, Function<ConfigFile, VisionTower>> OWN = Map.of(
            "vit",
            HfViT::tower,
            "deit",
            HfDeiT::tower,
            "swin",
            HfSwin::tower,
            HfMobileNetV1.TYPE,
            HfMobileNetV1::tower);

    private VisionTowers() {}

    /**
     * Encoder that is a model of its own, identified by its {@code model_type}: {@code vit}, {@code deit}, {@code swin} or
     * {@code mobilenet_v1}.
     *
     * @throws org.fovea.core.ModelFormatException when a value is wrong or the encoder is another
     */
    public static VisionTower own(ConfigFile config) {
        String type = config.required("model_type", config.text("model_type"));
        if (!OWN.containsKey(type)) {
            List<String> known = OWN.keySet().stream().sorted().toList();
            throw config.error(
                    "model_type",
                    "must be one of " + known + " for an image encoder",
                    "\"" + type + "\"",
                    "Did you mean \"" + Nearest.of(type, known) + "\"? Other encoders are not supported.");
        }
        return OWN.get(type).apply(config);
    }

    /** Vision transformer of ViLT, described by its {@code config.json}: 384 pixels and patches of 32 by default. */
    public static VisionTower vilt(ConfigFile config) {
        return HfViT.tower(config.withDefaults(Map.of("image_size", VILT_PIXELS, "patch_size", VILT_PATCH)));
    }

    /** Encoder of SegFormer, described by its own configuration, for square images of a given size. */
    public static MixTransformerEncoder segformer(ConfigFile config, int pixels) {
        return HfSegformer.encoder(config, pixels);
    }

    /** The names of the weights of {@link #segformer}. */
    public static NameTable segformerNames() {
        return HfSegformer.weights();
    }

    /**
     * Encoder that is a model of its own, of which a checkpoint may hold only the first layers.
     *
     * @param tensors names of the tensors in the checkpoint
     * @throws org.fovea.core.ModelFormatException as in {@link #own}
     */
    static VisionTower stored(ConfigFile config, Set<String> tensors) {
        boolean cut =
                config.text("model_type").filter(HfMobileNetV1.TYPE::equals).isPresent();
        return own(cut ? HfMobileNetV1.stored(config, tensors) : config);
    }

    /**
     * Configuration keys from which {@link #own} reads an encoder back.
     *
     * @return empty if the encoder cannot be written
     */
    public static Optional<Map<String, Object>> keys(VisionEncoder encoder) {
        Stream<Map<String, Object>> forms;
        if (encoder instanceof MobileNetV1Encoder net) {
            forms = Stream.of(HfMobileNetV1.keys(net));
        } else if (encoder instanceof SwinEncoder swin) {
            forms = Stream.of(HfSwin.keys(swin));
        } else if (encoder instanceof ViTEncoder vit && vit.feedForward() instanceof Mlp mlp) {
            forms = Stream.of("ViT", "DeiT").map(name -> vitKeys(name, vit, mlp));
        } else {
            forms = Stream.empty();
        }
        return forms.filter(form -> tells(form, encoder)).findFirst();
    }

    private static Map<String, Object> vitKeys(String name, ViTEncoder vit, Mlp mlp) {
        Map<String, Object> out = HfConfig.keys(name + "Model", name.toLowerCase(Locale.ROOT), vit);
        out.put("intermediate_size", mlp.hidden());
        return out;
    }

    /** Returns whether the keys describe an encoder completely. */
    private static boolean tells(Map<String, Object> keys, VisionEncoder encoder) {
        return own(ConfigFile.of(Path.of("config.json"), keys)).encoder().equals(encoder);
    }

    /** Vision encoder of BLIP, described by a {@code vision_config}. */
    public static VisionTower blip(ConfigFile config) {
        ViTEncoder encoder = plain(config, 384, Activation.GELU).encoder();
        NameTable names = names(encoder)
                .row("patches", "embeddings.patch_embedding")
                .row("class_token", "embeddings.class_embedding")
                .row("positions", "embeddings.position_embedding")
                .row("blocks.*.attention.qkv", "encoder.layers.*.self_attn.qkv")
                .row("blocks.*.attention.output", "encoder.layers.*.self_attn.projection")
                .row("norm", "post_layernorm")
                .build();
        return new VisionTower(encoder, names);
    }

    /** Vision encoder of GIT, which is CLIP's, described by a {@code vision_config}. */
    public static VisionTower git(ConfigFile config) {
        ViTEncoder encoder =
                plain(config, 224, Activation.QUICK_GELU).embeddingNorm(true).encoder();
        String attention = "encoder.layers.*.self_attn.";
        NameTable names = names(encoder)
                .row("patches", "embeddings.patch_embedding")
                .row("class_token", "embeddings.class_embedding")
                .stored("class_token", Shape.of(encoder.width()))
                .row("positions", "embeddings.position_embedding.weight")
                .stored("positions", Shape.of(encoder.tokenCount(), encoder.width()))
                .row("embedding_norm", "pre_layrnorm")
                .row("blocks.*.attention.qkv", attention + "q_proj", attention + "k_proj", attention + "v_proj")
                .row("blocks.*.attention.output", attention + "out_proj")
                .row("norm", "post_layernorm")
                .build();
        return new VisionTower(encoder, names);
    }

    private static ViTConfigBuilder plain(ConfigFile config, int pixels, Activation activation) {
        HfConfig hf = new HfConfig(config);
        int hidden = config.integer("intermediate_size", 1, ModelLimits.HIDDEN).orElse(HIDDEN);
        int[] image = config.sides("image_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {pixels, pixels});
        return hf.encoder(PATCH, EPSILON)
                .croppedImage(image[0], image[1])
                .feedForward(new Mlp(hidden, config.has("hidden_act") ? hf.activation() : activation))
                .tokens(TokenLayout.classToken());
    }

    private static NameTable.Builder names(ViTEncoder e) {
        return NameTable.under("")
                .ignore("*.position_ids")
                .stored("patches.weight", Shape.of(e.width(), e.channels(), e.patchPixels(), e.patchPixels()))
                .row("blocks.*.norm1", "encoder.layers.*.layer_norm1")
                .row("blocks.*.norm2", "encoder.layers.*.layer_norm2")
                .row("blocks.*.feed_forward.in", "encoder.layers.*.mlp.fc1")
                .row("blocks.*.feed_forward.out", "encoder.layers.*.mlp.fc2");
    }
}
