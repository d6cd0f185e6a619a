package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.vit.model.BeitConfig;
import org.fovea.vit.model.BeitEncoder;
import org.fovea.vit.model.BeitPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;
import org.fovea.vit.model.ViTPresets;

/**
 * timm's BEiT and BEiT v2, {@code beit_base_patch16_224} and its like. They are written only for models made from one of timm's
 * files, and keep their image size.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/beit.py}</a>
 */
final class TimmBeit implements TimmFamily {
    private static final Pattern NAME =
            Pattern.compile("(beit|beitv2)_(base|large)_patch(\\d{1,2})_(\\d{2,4})(?:\\..*)?");
    private static final List<String> PUBLISHED = List.of(
            "beit_base_patch16_224",
            "beit_base_patch16_384",
            "beit_large_patch16_224",
            "beit_large_patch16_384",
            "beit_large_patch16_512",
            "beitv2_base_patch16_224",
            "beitv2_large_patch16_224");
    private static final double EPSILON = 1e-6;
    private static final Set<String> UNDERSTOOD = Set.of(
            "depth",
            "init_values",
            "use_abs_pos_emb",
            "use_rel_pos_bias",
            "use_shared_rel_pos_bias",
            "head_init_scale");

    @Override
    public List<String> names() {
        return List.of("beit_{base,large}_patch16_S", "beitv2_{base,large}_patch16_S");
    }

    @Override
    public List<String> examples() {
        return PUBLISHED;
    }

    @Override
    public boolean recognizes(ConfigFile file) {
        return TimmKeys.architecture(file, NAME).isPresent();
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        Matcher name = architecture(file, NAME);
        TimmKeys timm = TimmKeys.of(file, UNDERSTOOD);
        BeitEncoder encoder = encoder(timm, name);
        Head head = head(timm);
        return new ClassifierSpec(
                n -> new BeitConfig(encoder, head, n), timm.labels(), timm.classes(), weights(encoder, head));
    }

    private static BeitEncoder encoder(TimmKeys timm, Matcher name) {
        ConfigFile args = timm.args();
        double scale = layerScale(args, name);
        return new BeitEncoder(
                plain(timm, name, scale > 0),
                scale,
                args.flag("use_rel_pos_bias").orElse(true),
                args.flag("use_shared_rel_pos_bias").orElse(false),
                BeitEncoder.Resize.NONE);
    }

    private static double layerScale(ConfigFile args, Matcher name) {
        if (args.keys().contains("init_values")) {
            return args.number("init_values", 0, 1e9).orElse(0.0); // null switches the option off
        }
        return name.group(1).equals("beit") && name.group(2).equals("base")
                ? BeitPresets.BASE_SCALE
                : BeitPresets.LARGE_SCALE;
    }

    private static ViTEncoder plain(TimmKeys timm, Matcher name, boolean layerScale) {
        ConfigFile args = timm.args();
        int patch = Integer.parseInt(name.group(3));
        int[] image = timm.image(Integer.parseInt(name.group(4)));
        ViTConfig named = name.group(2).equals("base") ? ViTPresets.base(patch, patch) : ViTPresets.large(patch, patch);
        int width = args.integer("embed_dim", 1, ModelLimits.WIDTH).orElse(named.width());
        double ratio = args.number("mlp_ratio", 1.0 / 64, 64).orElse(4.0);
        return named.toBuilder()
                .image(image[0], image[1])
                .channels(timm.channels())
                .patch(args.integer("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(patch))
                .size(
                        width,
                        args.integer("depth", 1, ModelLimits.DEPTH).orElse(named.depth()),
                        args.integer("num_heads", 1, ModelLimits.WIDTH).orElse(named.heads()))
                .feedForward(new Mlp(Math.max(1, (int) (width * ratio)), Activation.GELU))
                .layerScale(layerScale)
                .normEpsilon(EPSILON)
                .tokens(BeitPresets.tokens(
                        args.flag("use_abs_pos_emb").orElse(false), PositionResize.BICUBIC_ANTIALIAS))
                .encoder();
    }

    private static Head head(TimmKeys timm) {
        String pool = timm.pooling("avg");
        return switch (pool) {
            case "avg" -> BeitPresets.meanPooling();
            case "token" -> Head.classToken();
            default ->
                throw timm.file()
                        .error(
                                "global_pool",
                                "must be token or avg",
                                "\"" + pool + "\"",
                                "Other poolings are not supported.");
        };
    }

    @Override
    public Optional<CheckpointFormat> formatLike(ConfigFile source, ClassifierConfig config, List<String> labels) {
        return config instanceof BeitConfig beit
                ? Optional.of(
                        new CheckpointFormat(TimmFile.keys(source, beit, labels), weights(beit.encoder(), beit.head())))
                : Optional.empty();
    }

    private static NameTable weights(BeitEncoder encoder, Head head) {
        NameTable.Builder names = TimmViT.names(head)
                .ignore("*relative_position_index", "*attn.k_bias", "mask_token")
                .row("blocks.*.attention.query.bias", "blocks.*.attn.q_bias")
                .row("blocks.*.attention.value.bias", "blocks.*.attn.v_bias")
                .row("blocks.*.attention.offsets", "blocks.*.attn.relative_position_bias_table")
                .row("relative.offsets", "rel_pos_bias.relative_position_bias_table")
                .row("blocks.*.scale1", "blocks.*.gamma_1")
                .row("blocks.*.scale2", "blocks.*.gamma_2");
        return HfConfig.withPatches(names, encoder.plain());
    }
}
