package org.fovea.vit.hub;

import java.util.List;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.TextDecoder;

/**
 * The keys of BERT-like models of text, with the defaults that BLIP's and GIT's share.
 *
 * @param file the {@code text_config}
 */
public record TextKeys(ConfigFile file) {
    private static final double EPSILON = 1e-12;
    private static final int WIDTH = 768;
    private static final int HIDDEN = 3072;

    /**
     * Reads a Transformer decoder.
     *
     * @param vocabulary default of {@code vocab_size}; the other numbers are defaults of their keys
     * @param crossAttention whether the blocks have cross-attention
     * @param head output layer, from tokens to scores
     */
    public TextDecoder decoder(
            int vocabulary, int positions, int depth, int heads, boolean crossAttention, TextDecoder.Head head) {
        int width = size("hidden_size", WIDTH, ModelLimits.WIDTH);
        int headCount = size("num_attention_heads", heads, ModelLimits.WIDTH);
        if (width % headCount != 0) {
            throw file.wrong("num_attention_heads", "a divisor of hidden_size, " + width);
        }
        return new TextDecoder(
                size("vocab_size", vocabulary, ModelLimits.CLASSES),
                size("max_position_embeddings", positions, ModelLimits.TOKENS),
                width,
                size("num_hidden_layers", depth, ModelLimits.DEPTH),
                headCount,
                new Mlp(size("intermediate_size", HIDDEN, ModelLimits.HIDDEN), activation("hidden_act", "gelu")),
                file.number("layer_norm_eps", 0, 1).orElse(EPSILON),
                NormPlacement.AFTER,
                true,
                crossAttention,
                head);
    }

    /** Text Transformer of BLIP, with the defaults of the reference's BlipTextConfig. */
    public TextDecoder blip() {
        return decoder(30_524, 512, 12, 8, true, TextDecoder.Head.TIED_AFTER_TRANSFORM);
    }

    /** Special tokens that begin, end and pad BLIP's texts. */
    public TokenIds blipTokens() {
        return new TokenIds(
                token("bos_token_id", 30_522),
                List.of(token("sep_token_id", 102)),
                token("pad_token_id", 0),
                TokenIds.NONE);
    }

    /** Size given by a key, at least 1. */
    public int size(String key, int byDefault, int most) {
        return file.integer(key, 1, most).orElse(byDefault);
    }

    /** Activation named by a key. */
    public Activation activation(String key, String byDefault) {
        String name = file.text(key).orElse(byDefault);
        return Activation.ofHubName(name)
                .orElseThrow(() -> file.error(
                        key,
                        "must be one of " + Activation.allHubNames(),
                        "\"" + name + "\"",
                        "Other activations are not supported."));
    }

    /** Token id given by a key. */
    public int token(String key, int byDefault) {
        return file.integer(key, TokenIds.NONE, ModelLimits.CLASSES).orElse(byDefault);
    }

    /** Names of a BERT encoder's weights. */
    public static NameTable.Builder names() {
        String layer = "encoder.layer.*.";
        String self = layer + "attention.self.";
        return NameTable.under("")
                .ignore("embeddings.position_ids")
                .row("words.table", "embeddings.word_embeddings.weight")
                .row("positions", "embeddings.position_embeddings.weight")
                .row("embedding_norm", "embeddings.LayerNorm")
                .row("blocks.*.attention.qkv", self + "query", self + "key", self + "value")
                .row("blocks.*.attention.output", layer + "attention.output.dense")
                .row("blocks.*.norm1", layer + "attention.output.LayerNorm")
                .row("blocks.*.feed_forward.in", layer + "intermediate.dense")
                .row("blocks.*.feed_forward.out", layer + "output.dense");
    }

    /** Names of the weights of a BERT encoder with cross-attention in every block. */
    public static NameTable.Builder namesWithMemory() {
        String layer = "encoder.layer.*.";
        String cross = layer + "crossattention.";
        return names().row("blocks.*.cross.query", cross + "self.query")
                .row("blocks.*.cross.key_value", cross + "self.key", cross + "self.value")
                .row("blocks.*.cross.output", cross + "output.dense")
                .row("blocks.*.norm2", cross + "output.LayerNorm")
                .row("blocks.*.norm3", layer + "output.LayerNorm");
    }

    /** Weight names of BLIP's vision tower, below {@code vision}, and of its text decoder, below {@code text}. */
    public static NameTable.Builder blipNames(VisionTower tower) {
        return NameTable.under("")
                .ignore("*.cls.predictions.decoder.*", "*.embeddings.position_ids")
                .part("vision.", "vision_model.", tower.names())
                .part("text.", "text_decoder.bert.", namesWithMemory().build())
                .row("text.head.transform", "text_decoder.cls.predictions.transform.dense")
                .row("text.head.norm", "text_decoder.cls.predictions.transform.LayerNorm")
                .row("text.head.bias", "text_decoder.cls.predictions.bias");
    }
}
