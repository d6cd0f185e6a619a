package org.fovea.vit.hub;

import java.util.Set;
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
            "depth",
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

    private final TimmKeys timm;
    private final ConfigFile args;
    private final TimmArchitecture name;

    TimmConfig(ConfigFile file, TimmArchitecture name) {
        this.timm = TimmKeys.of(file, UNDERSTOOD).withDefaults(name.arguments());
        this.args = timm.args();
        this.name = name;
    }

    ClassifierSpec spec() {
        int width = size("embed_dim", ModelLimits.WIDTH);
        int[] image = timm.image(name.imagePixels());
        Head head = head();
        ViTConfigBuilder sized = timm.crops()
                ? ViTConfig.builder().croppedImage(image[0], image[1])
                : ViTConfig.builder().image(image[0], image[1]);
        ViTConfigBuilder config = sized.channels(timm.channels())
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
        return new ClassifierSpec(
                n -> config.classes(n).build(), timm.labels(), timm.classes(), TimmViT.weights(config.encoder(), head));
    }

    private int size(String key, int most) {
        return args.required(key, args.integer(key, 1, most));
    }

    private boolean flag(String key) {
        return args.flag(key).orElse(false);
    }

    private FeedForward feedForward(int width) {
        double ratio = args.required("mlp_ratio", args.number("mlp_ratio", 1.0 / 64, 64));
        int hidden = Math.max(2, (int) (width * ratio));
        if (flag("gated")) {
            return new SwiGlu(hidden / 2); // timm's ratio counts both halves of the gated block
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
        Head.Pooling pooling =
                switch (timm.pooling("token")) {
                    case "token" -> Head.Pooling.CLASS_TOKEN;
                    case "avg" -> Head.Pooling.PATCH_MEAN;
                    case "map" -> Head.Pooling.ATTENTION;
                    default ->
                        throw timm.file()
                                .error(
                                        "global_pool",
                                        "must be token, avg or map",
                                        "\"" + timm.pooling("token") + "\"",
                                        "Other poolings are not supported.");
                };
        boolean normAfter = args.flag("fc_norm").orElse(pooling == Head.Pooling.PATCH_MEAN);
        return new Head(pooling, normAfter ? Head.Norm.AFTER_POOLING : Head.Norm.BEFORE_POOLING);
    }
}
