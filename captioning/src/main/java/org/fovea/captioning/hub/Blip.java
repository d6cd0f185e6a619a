package org.fovea.captioning.hub;

import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CrossAttentionCaptioner;
import org.fovea.captioning.model.OutputNames;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.nn.TextDecoder;
import org.fovea.vit.hub.TextKeys;
import org.fovea.vit.hub.VisionTower;
import org.fovea.vit.hub.VisionTowers;

/**
 * BLIP in Hugging Face transformers: {@code BlipForConditionalGeneration}.
 *
 * @see <a href="https://arxiv.org/abs/2201.12086">Li et al. 2022</a>
 */
final class Blip implements CaptionerFamily {
    private static final String TYPE = "blip";

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public Architectures architectures() {
        return new Architectures(
                "a captioner",
                List.of("BlipForConditionalGeneration"),
                "Choose a checkpoint such as Salesforce/blip-image-captioning-base.");
    }

    @Override
    public CaptionerSpec read(ConfigFile file) {
        ConfigFile textFile = file.part("text_config");
        TextKeys text = new TextKeys(textFile);
        TextDecoder decoder = text.blip();
        VisionTower tower = VisionTowers.blip(file.part("vision_config"));
        OutputNames outputs = new OutputNames("vision_last_hidden_state", "hidden_states", "attentions");
        CrossAttentionCaptioner model = new CrossAttentionCaptioner(tower.encoder(), false, decoder, outputs);
        return new CaptionerSpec(model, TextKeys.blipNames(tower).build(), List.of(textFile), text.blipTokens());
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        Map<String, Object> base = Map.of("model_type", TYPE, "text_config", Map.of("num_attention_heads", 12));
        Map<String, Object> large = Map.of(
                "model_type",
                TYPE,
                "text_config",
                Map.of("num_attention_heads", 12),
                "vision_config",
                Map.of(
                        "hidden_size",
                        1024,
                        "intermediate_size",
                        4096,
                        "num_hidden_layers",
                        24,
                        "num_attention_heads",
                        16));
        return Map.of("blip-image-captioning-base", base, "blip-image-captioning-large", large);
    }
}
