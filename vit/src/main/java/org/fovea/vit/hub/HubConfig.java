package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SwiGlu;
import org.fovea.vit.model.ClassTokens;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.TokenLayout.Positioned;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTConfigBuilder;

/**
 * Reads the {@code config.json} of Hugging Face transformers for the model types {@code vit}, {@code deit},
 * {@code dinov2} and {@code dinov2_with_registers}; an absent key has the default it has there.
 */
final class HubConfig {
    static final List<String> MODEL_TYPES = List.of("vit", "deit", "dinov2", "dinov2_with_registers");

    private static final String CLASSIFIER = "ForImageClassification";
    private static final String WITH_TEACHER = "ForImageClassificationWithTeacher";

    private final ConfigFile file;
    private final String type;

    private HubConfig(ConfigFile file, String type) {
        this.file = file;
        this.type = type;
    }

    static ModelSpec read(ConfigFile file) {
        String type = file.required("model_type", file.text("model_type"));
        if (!MODEL_TYPES.contains(type)) {
            throw file.error(
                    "model_type",
                    "must be one of " + MODEL_TYPES + " or \"" + CctFile.MODEL_TYPE + "\"",
                    "\"" + type + "\"",
                    "Choose a checkpoint of one of these kinds, or one of timm's vision transformers.");
        }
        return new HubConfig(file, type).spec();
    }

    private ModelSpec spec() {
        boolean teacher = architecture().endsWith(WITH_TEACHER);
        boolean dinov2 = type.startsWith("dinov2");
        boolean registers = type.equals("dinov2_with_registers");
        int[] image = file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {224, 224});
        int width = file.integer("hidden_size", 1, ModelLimits.WIDTH).orElse(768);
        ViTConfigBuilder config = ViTConfig.builder()
                .image(image[0], image[1])
                .patch(patch(dinov2 && !registers ? 14 : 16))
                .channels(file.integer("num_channels", 1, ModelLimits.CHANNELS).orElse(3))
                .size(
                        width,
                        file.integer("num_hidden_layers", 1, ModelLimits.DEPTH).orElse(12),
                        file.integer("num_attention_heads", 1, ModelLimits.WIDTH)
                                .orElse(12))
                .feedForward(dinov2 ? dinov2FeedForward(width) : new Mlp(intermediate(), activation()))
                .qkvBias(file.flag("qkv_bias").orElse(true))
                .layerScale(dinov2)
                .normEpsilon(file.number("layer_norm_eps", 0, 1).orElse(dinov2 ? 1e-6 : 1e-12))
                .tokens(tokens(registers))
                .head(new Head(pooling(dinov2, teacher), Head.Norm.BEFORE_POOLING));
        Optional<List<String>> labels = labels();
        NameTable names = dinov2 ? HubNames.dinov2(type, isGated()) : HubNames.vit(type, teacher);
        return new ModelSpec(
                n -> config.classes(n).build(), labels, labels.map(List::size).or(this::labelCount), names);
    }

    private String architecture() {
        String found = file.texts("architectures")
                .filter(list -> !list.isEmpty())
                .map(list -> list.get(0))
                .orElse(CLASSIFIER);
        boolean teacher = type.equals("deit") && found.endsWith(WITH_TEACHER);
        if (!found.endsWith(CLASSIFIER) && !teacher) {
            throw file.error(
                    "architectures",
                    "must name a classifier, *" + CLASSIFIER + (type.equals("deit") ? " or *" + WITH_TEACHER : ""),
                    "\"" + found + "\"",
                    "This checkpoint has no classifier head: choose a fine-tuned one, such as"
                            + " google/vit-base-patch16-224 or facebook/dinov2-small-imagenet1k-1-layer, or train a head.");
        }
        return found;
    }

    private int patch(int byDefault) {
        int[] patch = file.sides("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(new int[] {byDefault, byDefault});
        if (patch[0] != patch[1]) {
            throw file.error(
                    "patch_size", "must be square", patch[0] + "x" + patch[1], "Other patches are not supported.");
        }
        return patch[0];
    }

    private int intermediate() {
        return file.integer("intermediate_size", 1, ModelLimits.HIDDEN).orElse(3072);
    }

    private FeedForward dinov2FeedForward(int width) {
        int hidden = (int) (width * file.number("mlp_ratio", 1.0 / 64, 64).orElse(4.0));
        return isGated() ? SwiGlu.inPlaceOf(hidden) : new Mlp(Math.max(1, hidden), activation());
    }

    private boolean isGated() {
        return file.flag("use_swiglu_ffn").orElse(false);
    }

    private Activation activation() {
        String name = file.text("hidden_act").orElse("gelu");
        return Activation.ofHubName(name)
                .orElseThrow(() -> file.error(
                        "hidden_act",
                        "must be one of " + Activation.allHubNames(),
                        "\"" + name + "\"",
                        "Other activations are not supported."));
    }

    private TokenLayout tokens(boolean registers) {
        if (registers) {
            int count = file.integer("num_register_tokens", 0, ModelLimits.REGISTERS)
                    .orElse(4);
            return new TokenLayout(
                    ClassTokens.CLASS, count, Positioned.CLASS_AND_PATCHES, PositionResize.BICUBIC_ANTIALIAS);
        }
        ClassTokens tokens = type.equals("deit") ? ClassTokens.CLASS_AND_DISTILLATION : ClassTokens.CLASS;
        return new TokenLayout(tokens, 0, Positioned.ALL, PositionResize.BICUBIC);
    }

    private static Head.Pooling pooling(boolean dinov2, boolean teacher) {
        if (dinov2) {
            return Head.Pooling.CLASS_AND_PATCH_MEAN;
        }
        return teacher ? Head.Pooling.CLASS_AND_DISTILLATION : Head.Pooling.CLASS_TOKEN;
    }

    private Optional<Integer> labelCount() {
        return file.integer("num_labels", 1, ModelLimits.CLASSES);
    }

    private Optional<List<String>> labels() {
        return labels(file);
    }

    /** {@code id2label}: an object whose keys are 0 to K - 1, in any order. */
    static Optional<List<String>> labels(ConfigFile file) {
        return file.object("id2label").filter(o -> !o.keys().isEmpty()).map(names -> IntStream.range(
                        0, names.keys().size())
                .mapToObj(Integer::toString)
                .map(id -> names.required(id, names.text(id)))
                .toList());
    }
}
