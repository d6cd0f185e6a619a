package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * Reads timm's {@code config.json}: the architecture's name gives the sizes, {@code model_args} override them, and
 * {@code pretrained_cfg} gives image size, classes and pooling where neither does.
 */
final class TimmConfig {
    private static final Set<String> UNDERSTOOD = Set.of(
            "img_size",
            "patch_size",
            "in_chans",
            "num_classes",
            "global_pool",
            "embed_dim",
            "depth",
            "num_heads",
            "mlp_ratio",
            "qkv_bias",
            "init_values",
            "class_token",
            "no_embed_class",
            "reg_tokens",
            "pre_norm",
            "fc_norm",
            "act_layer");
    /** What changes training alone, or how weights are made. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "drop_rate",
            "pos_drop_rate",
            "patch_drop_rate",
            "proj_drop_rate",
            "attn_drop_rate",
            "drop_path_rate",
            "weight_init",
            "fix_init",
            "dynamic_img_size",
            "strict_img_size",
            "dynamic_img_pad");

    private final ConfigFile file;
    private final ConfigFile args;
    private final ConfigFile pretrained;
    private final TimmArchitecture name;

    TimmConfig(ConfigFile file, TimmArchitecture name) {
        this.file = file;
        this.args = file.object("model_args").orElse(ConfigFile.empty(file.file(), "model_args."));
        this.pretrained = file.object("pretrained_cfg").orElse(file); // older files have no such object
        this.name = name;
    }

    ClassifierSpec spec() {
        checkArgs();
        int width = args.integer("embed_dim", 1, ModelLimits.WIDTH)
                .orElse(name.size().width());
        boolean embeddingNorm = args.flag("pre_norm").orElse(name.has("clip"));
        boolean layerScale = args.has("init_values")
                ? args.number("init_values", -1e9, 1e9).isPresent()
                : name.family().equals("deit3") || name.has("dinov2") || isMediumGap();
        Head head = head();
        int[] image = image();
        ViTConfigBuilder config = ViTConfig.builder()
                .image(image[0], image[1])
                .channels(channels())
                .patch(args.integer("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(name.patchPixels()))
                .size(
                        width,
                        args.integer("depth", 1, ModelLimits.DEPTH)
                                .orElse(name.size().depth()),
                        args.integer("num_heads", 1, ModelLimits.WIDTH).orElse(heads()))
                .feedForward(feedForward(width))
                .qkvBias(args.flag("qkv_bias").orElse(qkvBias()))
                .layerScale(layerScale)
                .normEpsilon(name.has("clip") ? 1e-5 : 1e-6)
                .tokens(tokens())
                .embeddingNorm(embeddingNorm)
                .head(head);
        Optional<List<String>> labels = pretrained.texts("label_names").or(() -> file.texts("label_names"));
        return new ClassifierSpec(
                n -> config.classes(n).build(), labels, classes(), TimmViT.weights(config.encoder(), head));
    }

    private void checkArgs() {
        Set<String> unknown = new TreeSet<>(args.keys());
        unknown.removeAll(UNDERSTOOD);
        unknown.removeAll(WITHOUT_EFFECT);
        for (String key : unknown) {
            if (args.has(key)) {
                throw args.error(
                        key,
                        "must be absent: of model_args only " + new TreeSet<>(UNDERSTOOD) + " are understood",
                        "one",
                        "This variant of the architecture is not supported.");
            }
        }
    }

    private int[] image() {
        return args.sides("img_size", 1, ModelLimits.IMAGE_PIXELS)
                .or(() -> inputSize().map(size -> new int[] {size.get(1), size.get(2)}))
                .or(() -> name.imagePixels().map(side -> new int[] {side, side}))
                .orElseGet(() -> name.has("dinov2") ? new int[] {518, 518} : new int[] {224, 224});
    }

    private int channels() {
        return args.integer("in_chans", 1, ModelLimits.CHANNELS)
                .or(() -> inputSize().map(size -> size.get(0)))
                .orElse(3);
    }

    /** {@code [channels, height, width]}. */
    private Optional<List<Integer>> inputSize() {
        Optional<List<Integer>> size = pretrained.integers("input_size", 1, ModelLimits.IMAGE_PIXELS);
        if (size.isPresent() && size.get().size() != 3) {
            throw pretrained.error(
                    "input_size", "must be [channels, height, width]", size.get(), "Download the file again.");
        }
        return size;
    }

    private int heads() {
        boolean baseGap = name.has("gap") && name.size().width() == 768;
        return baseGap ? 16 : name.size().heads(); // vit_base_patch16_gap_224 comes from I-JEPA
    }

    private boolean qkvBias() {
        return !isMediumGap() && !name.has("miil");
    }

    private boolean isMediumGap() {
        return name.has("gap") && name.size().width() == 512;
    }

    private FeedForward feedForward(int width) {
        double ratio = args.number("mlp_ratio", 1.0 / 64, 64).orElse(name.size().mlpRatio());
        int hidden = Math.max(2, (int) (width * ratio));
        if (name.isGated()) {
            return new SwiGlu(hidden / 2); // timm counts both halves
        }
        String activation = args.text("act_layer").orElse(name.has("quickgelu") ? "quick_gelu" : "gelu");
        return new Mlp(
                hidden,
                Activation.ofHubName(activation)
                        .orElseThrow(() -> args.error(
                                "act_layer",
                                "must be one of " + Activation.allHubNames(),
                                "\"" + activation + "\"",
                                "Other activations are not supported.")));
    }

    private TokenLayout tokens() {
        int registers = args.integer("reg_tokens", 0, ModelLimits.REGISTERS).orElse(name.registers());
        boolean classToken = args.flag("class_token").orElse(!name.has("gap"));
        ClassTokens tokens = classToken ? ClassTokens.CLASS : ClassTokens.NONE;
        if (name.distilled()) {
            tokens = ClassTokens.CLASS_AND_DISTILLATION;
        }
        boolean patchesAlone =
                args.flag("no_embed_class").orElse(name.family().equals("deit3") || name.registers() > 0);
        return new TokenLayout(
                tokens,
                registers,
                patchesAlone ? Positioned.PATCHES : Positioned.ALL,
                PositionResize.BICUBIC_ANTIALIAS);
    }

    private Head head() {
        if (name.distilled()) {
            return new Head(Head.Pooling.CLASS_AND_DISTILLATION, Head.Norm.BEFORE_POOLING);
        }
        String pool = args.text("global_pool")
                .or(() -> name.has("gap") ? Optional.of("avg") : Optional.empty())
                .or(() -> pretrained.text("global_pool"))
                .or(() -> file.text("global_pool"))
                .orElse("token");
        if (!pool.equals("token") && !pool.equals("avg")) {
            throw file.error(
                    "global_pool", "must be token or avg", "\"" + pool + "\"", "Other poolings are not supported.");
        }
        boolean average = pool.equals("avg");
        boolean normAfter = args.flag("fc_norm").orElse(average && !name.has("gap"));
        return new Head(
                average ? Head.Pooling.PATCH_MEAN : Head.Pooling.CLASS_TOKEN,
                normAfter ? Head.Norm.AFTER_POOLING : Head.Norm.BEFORE_POOLING);
    }

    private Optional<Integer> classes() {
        Optional<Integer> classes = args.integer("num_classes", 0, ModelLimits.CLASSES)
                .or(() -> file.integer("num_classes", 0, ModelLimits.CLASSES))
                .or(() -> pretrained.integer("num_classes", 0, ModelLimits.CLASSES));
        if (classes.isPresent() && classes.get() == 0) {
            throw file.error(
                    "num_classes",
                    "must be at least 1",
                    0,
                    "This checkpoint has no classifier head: choose a fine-tuned one, such as"
                            + " timm/vit_base_patch16_224.augreg2_in21k_ft_in1k, or train a head.");
        }
        return classes;
    }
}
