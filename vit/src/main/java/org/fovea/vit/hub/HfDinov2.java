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
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SwiGlu;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.ClassTokens;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.TokenLayout.Positioned;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;
import org.fovea.vit.model.ViTPresets;

/**
 * DINOv2 in Hugging Face transformers, with registers and without: {@code Dinov2ForImageClassification} and {@code
 * Dinov2WithRegistersForImageClassification}.
 *
 * @see <a href="https://arxiv.org/abs/2304.07193">Oquab et al. 2023</a>
 */
final class HfDinov2 implements HfFamily {
    private static final String PLAIN = "dinov2";
    private static final String WITH_REGISTERS = "dinov2_with_registers";
    private static final int PATCH = 14;
    private static final int PATCH_WITH_REGISTERS = 16;
    private static final double EPSILON = 1e-6;
    private static final double MLP_RATIO = 4;
    private static final int REGISTERS = 4;
    private static final int HUB_PIXELS = 224; // crop size in the hub's preprocessor_config.json

    @Override
    public List<String> names() {
        return List.of(PLAIN, WITH_REGISTERS);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        String type = file.text(key()).orElseThrow();
        boolean registers = type.equals(WITH_REGISTERS);
        boolean gated = file.flag("use_swiglu_ffn").orElse(false);
        return hf.spec(
                hf.encoder(registers ? PATCH_WITH_REGISTERS : PATCH, EPSILON)
                        .feedForward(feedForward(hf, gated))
                        .layerScale(true)
                        .tokens(tokens(file, registers))
                        .head(new Head(Head.Pooling.CLASS_AND_PATCH_MEAN, Head.Norm.BEFORE_POOLING)),
                weights(type, gated));
    }

    private static FeedForward feedForward(HfConfig hf, boolean gated) {
        int hidden =
                (int) (hf.width() * hf.file().number("mlp_ratio", 1.0 / 64, 64).orElse(MLP_RATIO));
        return gated ? SwiGlu.inPlaceOf(hidden) : new Mlp(Math.max(1, hidden), hf.activation());
    }

    private static TokenLayout tokens(ConfigFile file, boolean registers) {
        if (!registers) {
            return TokenLayout.classToken();
        }
        int count =
                file.integer("num_register_tokens", 0, ModelLimits.REGISTERS).orElse(REGISTERS);
        return new TokenLayout(
                ClassTokens.CLASS, count, Positioned.CLASS_AND_PATCHES, PositionResize.BICUBIC_ANTIALIAS);
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof ViTConfig vit)) {
            return Optional.empty();
        }
        ViTEncoder e = vit.encoder();
        boolean registers = e.tokens().positioned() == Positioned.CLASS_AND_PATCHES;
        boolean gated = e.feedForward() instanceof SwiGlu;
        String type = registers ? WITH_REGISTERS : PLAIN;
        String architecture = (registers ? "Dinov2WithRegisters" : "Dinov2") + HfConfig.CLASSIFIER;
        Map<String, Object> keys = HfConfig.keys(architecture, type, e);
        keys.put("mlp_ratio", gated ? MLP_RATIO : ratio(e.feedForward().hidden(), e.width()));
        keys.put("use_swiglu_ffn", gated);
        if (registers) {
            keys.put("num_register_tokens", e.tokens().registers());
        }
        return Optional.of(new CheckpointFormat(
                keys,
                HfConfig.withPatches(weights(type, gated), e),
                Map.of(type + ".embeddings.mask_token", Shape.of(1, e.width()))));
    }

    /** MLP ratio from which a reader that truncates the product gets exactly this hidden width. */
    private static double ratio(int hidden, int width) {
        double ratio = (double) hidden / width;
        return (int) (width * ratio) == hidden ? ratio : Math.nextUp(ratio);
    }

    private static NameTable.Builder weights(String type, boolean gated) {
        return HfConfig.names(type + ".")
                .row("registers", "embeddings.register_tokens")
                .row("blocks.*.norm1", "encoder.layer.*.norm1")
                .row("blocks.*.scale1", "encoder.layer.*.layer_scale1.lambda1")
                .row("blocks.*.norm2", "encoder.layer.*.norm2")
                .row("blocks.*.feed_forward.in", "encoder.layer.*.mlp." + (gated ? "weights_in" : "fc1"))
                .row("blocks.*.feed_forward.out", "encoder.layer.*.mlp." + (gated ? "weights_out" : "fc2"))
                .row("blocks.*.scale2", "encoder.layer.*.layer_scale2.lambda1");
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ViTConfig>> sizes = new LinkedHashMap<>();
        sizes.put("small", ViTPresets::dinov2Small);
        sizes.put("base", ViTPresets::dinov2Base);
        sizes.put("large", ViTPresets::dinov2Large);
        sizes.put("giant", ViTPresets::dinov2Giant);
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        sizes.forEach((size, made) -> m.put("dinov2-" + size, () -> made.get().withImage(HUB_PIXELS, HUB_PIXELS)));
        sizes.forEach((size, made) -> m.put("dinov2-with-registers-" + size, () -> ViTPresets.withRegisters(made.get())
                .withImage(HUB_PIXELS, HUB_PIXELS)));
        return m;
    }
}
