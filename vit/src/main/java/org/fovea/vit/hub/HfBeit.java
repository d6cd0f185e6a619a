package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.vit.model.BeitConfig;
import org.fovea.vit.model.BeitEncoder;
import org.fovea.vit.model.BeitPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout.Positioned;
import org.fovea.vit.model.ViTEncoder;

/**
 * BEiT in Hugging Face transformers: {@code BeitForImageClassification}.
 *
 * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021</a>
 */
final class HfBeit implements HfFamily {
    private static final String TYPE = "beit";
    private static final int PATCH = 16;
    private static final double EPSILON = 1e-12;
    private static final double LAYER_SCALE = 0.1;
    private static final int IMAGENET_22K = 21_841;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        double scale =
                Math.max(0, file.number("layer_scale_init_value", -1e9, 1e9).orElse(LAYER_SCALE));
        ViTEncoder plain = hf.encoder(PATCH, EPSILON)
                .feedForward(hf.mlp())
                .layerScale(scale > 0)
                .tokens(BeitPresets.tokens(flag(file, "use_absolute_position_embeddings"), PositionResize.BICUBIC))
                .encoder();
        BeitEncoder encoder = new BeitEncoder(
                plain,
                scale,
                flag(file, "use_relative_position_bias"),
                flag(file, "use_shared_relative_position_bias"),
                BeitEncoder.Resize.BILINEAR);
        checkSquare(file, encoder);
        Head head = file.flag("use_mean_pooling").orElse(true) ? BeitPresets.meanPooling() : Head.classToken();
        return hf.spec(n -> new BeitConfig(encoder, head, n), weights(encoder, head));
    }

    private static boolean flag(ConfigFile file, String key) {
        return file.flag(key).orElse(false);
    }

    /** Refuses non-square images with relative positions: the reference exchanges rows and columns in their bias tables. */
    private static void checkSquare(ConfigFile file, BeitEncoder encoder) {
        boolean relative = encoder.blockBiases() || encoder.sharedBiases();
        if (relative && encoder.imageHeight() != encoder.imageWidth()) {
            throw file.error(
                    "image_size",
                    "must be square with relative positions",
                    encoder.imageHeight() + " x " + encoder.imageWidth(),
                    "Other images are not supported.");
        }
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof BeitConfig beit && beit.encoder().plain().feedForward() instanceof Mlp mlp)) {
            return Optional.empty();
        }
        BeitEncoder e = beit.encoder();
        Map<String, Object> keys = HfConfig.keys("Beit" + HfConfig.CLASSIFIER, TYPE, e.plain());
        keys.remove("qkv_bias");
        keys.put("intermediate_size", mlp.hidden());
        keys.put("layer_scale_init_value", e.layerScale());
        keys.put("use_absolute_position_embeddings", e.plain().tokens().positioned() == Positioned.ALL);
        keys.put("use_relative_position_bias", e.blockBiases());
        keys.put("use_shared_relative_position_bias", e.sharedBiases());
        keys.put("use_mean_pooling", beit.head().pooling() == Head.Pooling.PATCH_MEAN);
        return Optional.of(new CheckpointFormat(keys, weights(e, beit.head())));
    }

    private static NameTable weights(BeitEncoder encoder, Head head) {
        String attention = "encoder.layer.*.attention.attention.";
        String table = "relative_position_bias.relative_position_bias_table";
        NameTable.Builder names = HfViT.weights(TYPE)
                .ignore("embeddings.mask_token", "*relative_position_index")
                .row("blocks.*.attention.query", attention + "query")
                .row("blocks.*.attention.value", attention + "value")
                .row("blocks.*.attention.offsets", attention + table)
                .row("relative.offsets", "encoder." + table)
                .row("blocks.*.scale1", "encoder.layer.*.lambda_1")
                .row("blocks.*.scale2", "encoder.layer.*.lambda_2")
                .row("norm", head.norm() == Head.Norm.AFTER_POOLING ? "pooler.layernorm" : "layernorm");
        return HfConfig.withPatches(names, encoder.plain());
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        m.put("beit-base-patch16-224", () -> BeitPresets.base(224));
        m.put("beit-base-patch16-384", () -> BeitPresets.base(384));
        m.put("beit-base-patch16-224-pt22k-ft22k", () -> BeitPresets.base(224).withClasses(IMAGENET_22K));
        m.put("beit-large-patch16-224", () -> BeitPresets.large(224));
        m.put("beit-large-patch16-384", () -> BeitPresets.large(384));
        m.put("beit-large-patch16-512", () -> BeitPresets.large(512));
        m.put("beit-large-patch16-224-pt22k-ft22k", () -> BeitPresets.large(224).withClasses(IMAGENET_22K));
        return m;
    }
}
