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
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;
import org.fovea.vit.model.ViTPresets;

/**
 * ViT in Hugging Face transformers: {@code ViTForImageClassification}.
 *
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021</a>
 */
final class HfViT implements HfFamily {
    private static final String TYPE = "vit";
    private static final int PATCH = 16;
    private static final double EPSILON = 1e-12;
    private static final int IMAGENET_21K = 21_843;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        return hf.spec(
                hf.encoder(PATCH, EPSILON)
                        .feedForward(hf.mlp())
                        .tokens(TokenLayout.classToken())
                        .head(Head.classToken()),
                weights(TYPE));
    }

    /** Encoder without the classifier. */
    static VisionTower tower(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        ViTEncoder encoder = hf.encoder(PATCH, EPSILON)
                .feedForward(hf.mlp())
                .tokens(TokenLayout.classToken())
                .encoder();
        return new VisionTower(encoder, HfConfig.withPatches(weights(TYPE), encoder));
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        return config instanceof ViTConfig vit
                ? plain(vit.encoder(), "ViT" + HfConfig.CLASSIFIER, TYPE, weights(TYPE))
                : Optional.empty();
    }

    /** Checkpoint format of an encoder with an {@link Mlp}. */
    static Optional<CheckpointFormat> plain(
            ViTEncoder encoder, String architecture, String type, NameTable.Builder names) {
        if (!(encoder.feedForward() instanceof Mlp mlp)) {
            return Optional.empty();
        }
        Map<String, Object> keys = HfConfig.keys(architecture, type, encoder);
        keys.put("intermediate_size", mlp.hidden());
        return Optional.of(new CheckpointFormat(keys, HfConfig.withPatches(names, encoder)));
    }

    /** Weight names that ViT and DeiT share. */
    static NameTable.Builder weights(String type) {
        return HfConfig.names(type + ".")
                .row("blocks.*.norm1", "encoder.layer.*.layernorm_before")
                .row("blocks.*.norm2", "encoder.layer.*.layernorm_after")
                .row("blocks.*.feed_forward.in", "encoder.layer.*.intermediate.dense")
                .row("blocks.*.feed_forward.out", "encoder.layer.*.output.dense");
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        m.put("vit-tiny-patch16-224", () -> ViTPresets.tiny(16, 224));
        m.put("vit-small-patch16-224", () -> ViTPresets.small(16, 224));
        m.put("vit-small-patch32-224", () -> ViTPresets.small(32, 224));
        m.put("vit-base-patch16-224", () -> ViTPresets.base(16, 224));
        m.put("vit-base-patch16-384", () -> ViTPresets.base(16, 384));
        m.put("vit-base-patch32-224", () -> ViTPresets.base(32, 224));
        m.put("vit-base-patch32-384", () -> ViTPresets.base(32, 384));
        m.put("vit-large-patch16-224", () -> ViTPresets.large(16, 224));
        m.put("vit-large-patch16-384", () -> ViTPresets.large(16, 384));
        m.put("vit-large-patch32-224", () -> ViTPresets.large(32, 224));
        m.put("vit-large-patch32-384", () -> ViTPresets.large(32, 384));
        m.put("vit-huge-patch14-224", () -> ViTPresets.huge(14, 224));
        m.put("vit-huge-patch14-224-in21k", () -> ViTPresets.huge(14, 224).withClasses(IMAGENET_21K));
        m.put("vit-lite-6-patch4-32", () -> ViTPresets.lite(6, 4));
        m.put("vit-lite-7-patch4-32", () -> ViTPresets.lite(7, 4));
        m.put("vit-tiny-6-patch4-32", () -> ViTPresets.shallow(6, 4));
        return m;
    }
}
