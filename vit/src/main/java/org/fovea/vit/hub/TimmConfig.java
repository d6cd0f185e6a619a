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
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SwiGlu;
import org.fovea.vit.model.ClassTokens;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.OffsetBias;
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
            "act_layer",
            "rel_pos_dim",
            "shared_rel_pos");
    /** Arguments that change training alone, or the making of weights. */
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
    private final ConfigFile own;
    private final ConfigFile args;
    private final ConfigFile pretrained;
    private final TimmArchitecture name;

    TimmConfig(ConfigFile file, TimmArchitecture name) {
        this.file = file;
        this.own = file.object("model_args").orElse(ConfigFile.empty(file.file(), "model_args."));
        this.args = own.withDefaults(name.arguments());
        this.pretrained = file.object("pretrained_cfg").orElse(file); // older files have no such object
        this.name = name;
    }

    ClassifierSpec spec() {
        checkArgs();
        int width = size("embed_dim", ModelLimits.WIDTH);
        int[] image = image();
        Head head = head();
        ViTConfigBuilder config = ViTConfig.builder()
                .image(image[0], image[1])
                .channels(channels())
                .patch(size("patch_size", ModelLimits.IMAGE_PIXELS))
                .size(width, size("depth", ModelLimits.DEPTH), size("num_heads", ModelLimits.WIDTH))
                .feedForward(feedForward(width))
                .qkvBias(flag("qkv_bias"))
                .layerScale(args.number("init_values", -1e9, 1e9).isPresent() && !flag("post_norm"))
                .normEpsilon(args.required("norm_eps", args.number("norm_eps", 0, 1)))
                .tokens(tokens())
                .embeddingNorm(flag("pre_norm"))
                .norms(flag("post_norm") ? NormPlacement.BRANCH : NormPlacement.BEFORE)
                .offsetBias(offsetBias())
                .head(head);
        Optional<List<String>> labels = pretrained.texts("label_names").or(() -> file.texts("label_names"));
        return new ClassifierSpec(
                n -> config.classes(n).build(), labels, classes(), TimmViT.weights(config.encoder(), head));
    }

    private int size(String key, int most) {
        return args.required(key, args.integer(key, 1, most));
    }

    private boolean flag(String key) {
        return args.flag(key).orElse(false);
    }

    private void checkArgs() {
        Set<String> unknown = new TreeSet<>(own.keys());
        unknown.removeAll(UNDERSTOOD);
        unknown.removeAll(WITHOUT_EFFECT);
        for (String key : unknown) {
            if (own.has(key)) {
                throw own.error(
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
                .orElseGet(() -> new int[] {name.imagePixels(), name.imagePixels()});
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

    private FeedForward feedForward(int width) {
        double ratio = args.required("mlp_ratio", args.number("mlp_ratio", 1.0 / 64, 64));
        int hidden = Math.max(2, (int) (width * ratio));
        if (flag("gated")) {
            return new SwiGlu(hidden / 2); // timm counts both halves
        }
        String activation = args.text("act_layer").orElse("gelu");
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
        int registers = args.integer("reg_tokens", 0, ModelLimits.REGISTERS).orElse(0);
        ClassTokens one = flag("class_token") ? ClassTokens.CLASS : ClassTokens.NONE;
        Positioned patchesOrAll = flag("no_embed_class") ? Positioned.PATCHES : Positioned.ALL;
        return new TokenLayout(
                flag("distilled") ? ClassTokens.CLASS_AND_DISTILLATION : one,
                registers,
                args.has("rel_pos_dim") ? Positioned.NONE : patchesOrAll,
                PositionResize.BICUBIC_ANTIALIAS);
    }

    private OffsetBias offsetBias() {
        return args.integer("rel_pos_dim", 1, ModelLimits.HIDDEN)
                .map(hidden -> new OffsetBias(
                        hidden, flag("shared_rel_pos") ? OffsetBias.Sharing.ALL_BLOCKS : OffsetBias.Sharing.NONE))
                .orElse(OffsetBias.none());
    }

    private Head head() {
        if (flag("distilled")) {
            return new Head(Head.Pooling.CLASS_AND_DISTILLATION, Head.Norm.BEFORE_POOLING);
        }
        String pool = args.text("global_pool")
                .or(() -> pretrained.text("global_pool"))
                .or(() -> file.text("global_pool"))
                .orElse("token");
        Head.Pooling pooling =
                switch (pool) {
                    case "token" -> Head.Pooling.CLASS_TOKEN;
                    case "avg" -> Head.Pooling.PATCH_MEAN;
                    case "map" -> Head.Pooling.ATTENTION;
                    default ->
                        throw file.error(
                                "global_pool",
                                "must be token, avg or map",
                                "\"" + pool + "\"",
                                "Other poolings are not supported.");
                };
        boolean normAfter = args.flag("fc_norm").orElse(pooling == Head.Pooling.PATCH_MEAN);
        return new Head(pooling, normAfter ? Head.Norm.AFTER_POOLING : Head.Norm.BEFORE_POOLING);
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
