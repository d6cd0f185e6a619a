package org.fovea.vqa.hub;

import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.TextDecoder;
import org.fovea.vit.hub.TextKeys;
import org.fovea.vit.hub.VisionTower;
import org.fovea.vit.hub.VisionTowers;
import org.fovea.vqa.model.BlipAnswerer;

/**
 * BLIP in Hugging Face transformers: {@code BlipForQuestionAnswering}.
 *
 * @see <a href="https://arxiv.org/abs/2201.12086">Li et al. 2022</a>
 */
final class BlipVqa implements AnswererFamily {
    private static final String TYPE = "blip";
    private static final String ARCHITECTURE = "BlipForQuestionAnswering";

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public Architectures architectures() {
        return new Architectures(
                "an answerer",
                List.of(ARCHITECTURE),
                "Choose a checkpoint such as Salesforce/blip-vqa-base; captioners are for fovea caption.");
    }

    @Override
    public AnswererSpec read(ConfigFile file) {
        ConfigFile textFile = file.part("text_config");
        TextKeys keys = new TextKeys(textFile);
        TextDecoder text = keys.blip();
        VisionTower tower = VisionTowers.blip(file.part("vision_config"));
        return AnswererSpec.generative(
                new BlipAnswerer(tower.encoder(), text, text), weights(tower), List.of(textFile), keys.blipTokens());
    }

    private static NameTable weights(VisionTower tower) {
        NameTable reader = TextKeys.namesWithMemory().build();
        return TextKeys.blipNames(tower)
                .part("question.", "text_encoder.", reader)
                .build();
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        return Map.of(
                "blip-vqa-base",
                Map.of(
                        "model_type",
                        TYPE,
                        "architectures",
                        List.of(ARCHITECTURE),
                        "text_config",
                        Map.of("num_attention_heads", 12)));
    }
}
