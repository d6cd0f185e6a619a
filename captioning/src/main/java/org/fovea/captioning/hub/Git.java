package org.fovea.captioning.hub;

import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.OutputNames;
import org.fovea.captioning.model.PrefixCaptioner;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.TextDecoder;
import org.fovea.vit.hub.TextKeys;
import org.fovea.vit.hub.VisionTower;
import org.fovea.vit.hub.VisionTowers;

/**
 * GIT in Hugging Face transformers: {@code GitForCausalLM}, for single images.
 *
 * @see <a href="https://arxiv.org/abs/2205.14100">Wang et al. 2022</a>
 */
final class Git implements CaptionerFamily {
    private static final String TYPE = "git";
    private static final double EPSILON = 1e-5;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public CaptionerSpec read(ConfigFile file) {
        if (file.has("num_image_with_embedding")) {
            throw file.error(
                    "num_image_with_embedding",
                    "must be null",
                    file.values().get("num_image_with_embedding"),
                    "Models of videos are not supported: choose one of images, such as microsoft/git-base-coco.");
        }
        TextKeys text = new TextKeys(file); // defaults of the reference's GitConfig
        boolean tied = file.flag("tie_word_embeddings").orElse(false);
        if (tied) {
            throw file.error("tie_word_embeddings", "must be false", true, "No published GIT has it otherwise.");
        }
        TextDecoder decoder = text.decoder(30_522, 1024, 6, 12, false, TextDecoder.Head.OWN);
        ConfigFile vision = file.part("vision_config");
        VisionTower tower = VisionTowers.git(vision);
        double projection = vision.number("layer_norm_eps", 0, 1).orElse(EPSILON);
        TokenIds tokens = new TokenIds(
                text.token("bos_token_id", 101),
                List.of(text.token("eos_token_id", 102)),
                text.token("pad_token_id", 0),
                TokenIds.NONE);
        PrefixCaptioner model = new PrefixCaptioner(
                tower.encoder(), projection, decoder, new OutputNames("", "hidden_states", "attentions"));
        return new CaptionerSpec(model, weights(tower), List.of(file), tokens);
    }

    private static NameTable weights(VisionTower tower) {
        String layer = "encoder.layer.*.";
        NameTable text = TextKeys.names()
                .row("blocks.*.norm2", layer + "output.LayerNorm")
                .build();
        return NameTable.under("")
                .part("vision.", "git.image_encoder.vision_model.", tower.names())
                .part("text.", "git.", text)
                .row("projection", "git.visual_projection.visual_projection.0")
                .row("projection_norm", "git.visual_projection.visual_projection.1")
                .row("text.head", "output")
                .build();
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        return Map.of("git-base-coco", Map.of("model_type", TYPE));
    }
}
