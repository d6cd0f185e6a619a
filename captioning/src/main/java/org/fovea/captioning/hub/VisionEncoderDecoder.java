package org.fovea.captioning.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CrossAttentionCaptioner;
import org.fovea.captioning.model.OutputNames;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.TextDecoder;
import org.fovea.vit.hub.TextKeys;
import org.fovea.vit.hub.VisionTower;
import org.fovea.vit.hub.VisionTowers;

/**
 * Encoder-decoders in Hugging Face transformers, {@code VisionEncoderDecoderModel}: a ViT, DeiT or Swin encoder and a GPT-2
 * decoder.
 *
 * @see <a href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford
 *     et al. 2019, section 2.3</a>
 */
final class VisionEncoderDecoder implements CaptionerFamily {
    private static final String TYPE = "vision-encoder-decoder";
    private static final String GPT2 = "gpt2";
    private static final int END_OF_TEXT = 50_256;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public CaptionerSpec read(ConfigFile file) {
        ConfigFile decoderFile = file.required("decoder", file.object("decoder"));
        String type = decoderFile.text("model_type").orElse(GPT2);
        if (!type.equals(GPT2)) {
            throw decoderFile.error(
                    "model_type",
                    "must be one of [" + GPT2 + "] for a decoder",
                    "\"" + type + "\"",
                    "Other decoders are not supported: choose a checkpoint such as nlpconnect/vit-gpt2-image-captioning.");
        }
        VisionTower tower = VisionTowers.own(file.required("encoder", file.object("encoder")));
        TextDecoder decoder = gpt2(new TextKeys(decoderFile));
        boolean projected =
                tower.encoder().width() != decoder.width() && !decoderFile.has("cross_attention_hidden_size");
        OutputNames outputs =
                new OutputNames("encoder_last_hidden_state", "decoder_hidden_states", "decoder_attentions");
        CrossAttentionCaptioner model = new CrossAttentionCaptioner(tower.encoder(), projected, decoder, outputs);
        return new CaptionerSpec(model, weights(tower), List.of(file, gpt2Tokens(decoderFile)), TokenIds.none());
    }

    /** Options of the decoder, with GPT-2's begin and end tokens where it names none. */
    private static ConfigFile gpt2Tokens(ConfigFile decoder) {
        Map<String, Object> all = new LinkedHashMap<>(decoder.values());
        for (String key : List.of("bos_token_id", "eos_token_id")) {
            all.putIfAbsent(key, END_OF_TEXT);
        }
        return ConfigFile.of(decoder.file(), all);
    }

    /** Decoder with the defaults of the reference's {@code GPT2Config}. */
    private static TextDecoder gpt2(TextKeys keys) {
        ConfigFile file = keys.file();
        require(file, "scale_attn_weights", true);
        require(file, "scale_attn_by_inverse_layer_idx", false);
        int width = keys.size("n_embd", 768, ModelLimits.WIDTH);
        int heads = keys.size("n_head", 12, ModelLimits.WIDTH);
        if (width % heads != 0) {
            throw file.wrong("n_head", "a divisor of n_embd, " + width);
        }
        return new TextDecoder(
                keys.size("vocab_size", 50_257, ModelLimits.CLASSES),
                keys.size("n_positions", 1024, ModelLimits.TOKENS),
                width,
                keys.size("n_layer", 12, ModelLimits.DEPTH),
                heads,
                new Mlp(
                        keys.size("n_inner", 4 * width, ModelLimits.HIDDEN),
                        keys.activation("activation_function", "gelu_new")),
                file.number("layer_norm_epsilon", 0, 1).orElse(1e-5),
                NormPlacement.BEFORE,
                false,
                true,
                TextDecoder.Head.TIED);
    }

    private static void require(ConfigFile file, String key, boolean value) {
        if (file.flag(key).orElse(value) != value) {
            throw file.error(key, "must be " + value, !value, "No published captioner has it otherwise.");
        }
    }

    private static NameTable weights(VisionTower tower) {
        String block = "transformer.h.*.";
        NameTable decoder = NameTable.under("")
                .ignore("*.attn.bias", "*.attn.masked_bias", "*.crossattention.bias", "*.crossattention.masked_bias")
                .ignore("lm_head.weight")
                .row("words.table", "transformer.wte.weight")
                .row("positions", "transformer.wpe.weight")
                .row("blocks.*.norm1", block + "ln_1")
                .transposed("blocks.*.attention.qkv", block + "attn.c_attn")
                .transposed("blocks.*.attention.output", block + "attn.c_proj")
                .row("blocks.*.norm2", block + "ln_cross_attn")
                .transposed("blocks.*.cross.query", block + "crossattention.q_attn")
                .transposed("blocks.*.cross.key_value", block + "crossattention.c_attn")
                .transposed("blocks.*.cross.output", block + "crossattention.c_proj")
                .row("blocks.*.norm3", block + "ln_2")
                .transposed("blocks.*.feed_forward.in", block + "mlp.c_fc")
                .transposed("blocks.*.feed_forward.out", block + "mlp.c_proj")
                .row("norm", "transformer.ln_f")
                .build();
        return NameTable.under("")
                .part("vision.", "encoder.", tower.names())
                .part("text.", "decoder.", decoder)
                .row("projection", "enc_to_dec_proj")
                .build();
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        return Map.of(
                "vit-gpt2-image-captioning",
                Map.of(
                        "model_type",
                        TYPE,
                        "encoder",
                        Map.of("model_type", "vit"),
                        "decoder",
                        Map.of("model_type", GPT2),
                        "decoder_start_token_id",
                        END_OF_TEXT,
                        "pad_token_id",
                        END_OF_TEXT));
    }
}
