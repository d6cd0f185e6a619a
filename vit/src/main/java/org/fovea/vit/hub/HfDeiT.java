package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.PositionResize;
import org.fovea.vit.model.ClassTokens;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.TokenLayout.Positioned;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;
import org.fovea.vit.model.ViTPresets;

/**
 * DeiT in Hugging Face transformers: {@code DeiTForImageClassification} and, with the second classifier, {@code …WithTeacher}.
 *
 * @see <a href="https://arxiv.org/abs/2012.12877">Touvron et al. 2021</a>
 */
final class HfDeiT implements ClassifierFamily {
    private static final String TYPE = "deit";
    private static final String WITH_TEACHER = HfConfig.CLASSIFIER + "WithTeacher";
    private static final int PATCH = 16;
    private static final double EPSILON = 1e-12;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public Architectures architectures() {
        return HfConfig.classifiers(HfConfig.CLASSIFIER, WITH_TEACHER);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        boolean teacher =
                architectures().found(file).orElse(HfConfig.CLASSIFIER).endsWith(WITH_TEACHER);
        Head.Pooling pooling = teacher ? Head.Pooling.CLASS_AND_DISTILLATION : Head.Pooling.CLASS_TOKEN;
        return hf.spec(
                hf.encoder(PATCH, EPSILON)
                        .feedForward(hf.mlp())
                        .tokens(tokens())
                        .head(new Head(pooling, Head.Norm.BEFORE_POOLING)),
                weights(teacher));
    }

    private static TokenLayout tokens() {
        return new TokenLayout(ClassTokens.CLASS_AND_DISTILLATION, 0, Positioned.ALL, PositionResize.BICUBIC);
    }

    /** Encoder without the classifier. */
    static VisionTower tower(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        ViTEncoder encoder = hf.encoder(PATCH, EPSILON)
                .feedForward(hf.mlp())
                .tokens(tokens())
                .encoder();
        return new VisionTower(encoder, HfConfig.withPatches(weights(true), encoder));
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof ViTConfig vit)) {
            return Optional.empty();
        }
        boolean teacher = vit.head().pooling() == Head.Pooling.CLASS_AND_DISTILLATION;
        String architecture = "DeiT" + (teacher ? WITH_TEACHER : HfConfig.CLASSIFIER);
        return HfViT.plain(vit.encoder(), architecture, TYPE, weights(teacher));
    }

    private static NameTable.Builder weights(boolean teacher) {
        return HfViT.weights(TYPE)
                .row("distillation_token", "embeddings.distillation_token")
                .outside("head", teacher ? "cls_classifier" : "classifier")
                .outside("distillation_head", "distillation_classifier");
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        m.put("deit-tiny-patch16-224", () -> ViTPresets.tiny(16, 224));
        m.put("deit-small-patch16-224", () -> ViTPresets.small(16, 224));
        m.put("deit-base-patch16-224", () -> ViTPresets.base(16, 224));
        m.put("deit-base-patch16-384", () -> ViTPresets.base(16, 384));
        m.put("deit-tiny-distilled-patch16-224", () -> ViTPresets.distilled(ViTPresets.tiny(16, 224)));
        m.put("deit-small-distilled-patch16-224", () -> ViTPresets.distilled(ViTPresets.small(16, 224)));
        m.put("deit-base-distilled-patch16-224", () -> ViTPresets.distilled(ViTPresets.base(16, 224)));
        m.put("deit-base-distilled-patch16-384", () -> ViTPresets.distilled(ViTPresets.base(16, 384)));
        return m;
    }
}
