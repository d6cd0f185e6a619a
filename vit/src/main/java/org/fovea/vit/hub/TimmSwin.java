package org.fovea.vit.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.SwinConfig;
import org.fovea.vit.model.SwinEncoder;
import org.fovea.vit.model.SwinEncoder.Stage;
import org.fovea.vit.model.SwinPresets;

/**
 * timm's Swin transformers, {@code swin_tiny_patch4_window7_224} and its like. They are written only for models made from one of
 * timm's files.
 *
 * <p>Where a grid is no multiple of the window timm rolls it before it is padded, Hugging Face after: such image sizes, which no
 * published checkpoint has, are refused.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/swin_transformer.py}</a>
 */
final class TimmSwin implements TimmFamily {
    private static final Pattern NAME =
            Pattern.compile("swin_(tiny|small|base|large)_patch(\\d{1,2})_window(\\d{1,2})_(\\d{2,4})(?:\\..*)?");
    private static final List<String> PUBLISHED = List.of(
            "swin_tiny_patch4_window7_224",
            "swin_small_patch4_window7_224",
            "swin_base_patch4_window7_224",
            "swin_base_patch4_window12_384",
            "swin_large_patch4_window7_224",
            "swin_large_patch4_window12_384");
    private static final Map<String, IntFunction<SwinConfig>> SIZES = Map.of(
            "tiny", w -> SwinPresets.tiny(w, 224),
            "small", w -> SwinPresets.small(w, 224),
            "base", w -> SwinPresets.base(w, 224),
            "large", w -> SwinPresets.large(w, 224));
    private static final Set<String> UNDERSTOOD = Set.of("depths", "window_size", "qkv_bias");

    @Override
    public List<String> names() {
        return List.of("swin_{tiny,small,base,large}_patch4_windowW_S");
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
        if (!timm.args().text("global_pool").orElse("avg").equals("avg")) {
            throw timm.args().wrong("global_pool", "avg");
        }
        SwinEncoder encoder = encoder(timm, name);
        for (int s = 0; s < encoder.stages().size(); s++) {
            checkWindows(file, encoder, s);
        }
        return new ClassifierSpec(n -> new SwinConfig(encoder, n), timm.labels(), timm.classes(), weights(encoder));
    }

    private static SwinEncoder encoder(TimmKeys timm, Matcher name) {
        ConfigFile args = timm.args();
        int[] image = timm.image(Integer.parseInt(name.group(4)));
        SwinEncoder named =
                SIZES.get(name.group(1)).apply(Integer.parseInt(name.group(3))).encoder();
        return new SwinEncoder(
                image[0],
                image[1],
                timm.channels(),
                args.integer("patch_size", 1, ModelLimits.IMAGE_PIXELS).orElse(Integer.parseInt(name.group(2))),
                args.integer("embed_dim", 1, ModelLimits.WIDTH).orElse(named.embeddingWidth()),
                stages(args, named),
                args.integer("window_size", 1, ModelLimits.KERNEL).orElse(named.window()),
                args.number("mlp_ratio", 1.0 / 64, 64).orElse(named.mlpRatio()),
                args.flag("qkv_bias").orElse(named.qkvBias()),
                false,
                named.normEpsilon());
    }

    private static List<Stage> stages(ConfigFile args, SwinEncoder named) {
        List<Integer> depths = args.integers("depths", 1, ModelLimits.DEPTH)
                .orElse(named.stages().stream().map(Stage::depth).toList());
        List<Integer> heads = args.integers("num_heads", 1, ModelLimits.WIDTH)
                .orElse(named.stages().stream().map(Stage::heads).toList());
        if (depths.size() != heads.size()) {
            throw args.wrong("num_heads", "must name as many stages as depths, " + depths.size());
        }
        return SwinPresets.stages(depths, heads);
    }

    private static void checkWindows(ConfigFile file, SwinEncoder encoder, int stage) {
        int rows = encoder.gridRows(stage);
        int columns = encoder.gridColumns(stage);
        if (rows % encoder.window() != 0 || columns % encoder.window() != 0) {
            throw file.error(
                    "input_size",
                    "must give grids of tokens that are multiples of the window, " + encoder.window(),
                    rows + "x" + columns + " in stage " + stage,
                    "Choose another image size.");
        }
    }

    @Override
    public Optional<CheckpointFormat> formatLike(ConfigFile source, ClassifierConfig config, List<String> labels) {
        return config instanceof SwinConfig swin
                ? Optional.of(new CheckpointFormat(TimmFile.keys(source, swin, labels), weights(swin.encoder())))
                : Optional.empty();
    }

    private static NameTable weights(SwinEncoder e) {
        String block = "layers.*.blocks.*.";
        int p = e.patchPixels();
        NameTable.Builder names = NameTable.under("")
                .ignore("*relative_position_index", "*attn_mask")
                .row("patches", "patch_embed.proj")
                .row("embedding_norm", "patch_embed.norm")
                .row("stages.*.blocks.*.norm1", block + "norm1")
                .row("stages.*.blocks.*.attention.qkv", block + "attn.qkv")
                .row("stages.*.blocks.*.attention.offsets", block + "attn.relative_position_bias_table")
                .row("stages.*.blocks.*.attention.output", block + "attn.proj")
                .row("stages.*.blocks.*.norm2", block + "norm2")
                .row("stages.*.blocks.*.feed_forward.in", block + "mlp.fc1")
                .row("stages.*.blocks.*.feed_forward.out", block + "mlp.fc2")
                .row("norm", "norm")
                .row("head", "head.fc")
                .stored("patches.weight", Shape.of(e.embeddingWidth(), e.channels(), p, p));
        for (int s = 0; s < e.stages().size() - 1; s++) { // timm merges patches at the beginning of the next stage
            String merging = "stages." + s + ".merging.";
            String downsample = "layers." + (s + 1) + ".downsample.";
            names.row(merging + "norm.scale", downsample + "norm.weight")
                    .row(merging + "norm.shift", downsample + "norm.bias")
                    .row(merging + "reduction.weight", downsample + "reduction.weight");
        }
        return names.build();
    }
}
