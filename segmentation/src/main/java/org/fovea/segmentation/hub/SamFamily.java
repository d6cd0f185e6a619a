package org.fovea.segmentation.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.hub.PresetFamily;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.tensor.Shape;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.SamEncoder;
import org.fovea.segmentation.model.SamMaskDecoder;
import org.fovea.segmentation.model.SamPromptEncoder;
import org.fovea.segmentation.model.TwoWayTransformer;

/**
 * SAM in Hugging Face transformers: {@code SamModel}.
 *
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023</a>
 */
final class SamFamily implements PresetFamily<SamSpec> {
    private static final String TYPE = "sam";
    private static final int IMAGE_PIXELS = 1024; // from here on: defaults of the reference's classes
    private static final int PATCH_PIXELS = 16;
    private static final int WIDTH = 256;
    private static final double EPSILON = 1e-6;
    private static final int POINT_KINDS = 4;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public SamSpec read(ConfigFile file) {
        ConfigFile prompt = part(file, "prompt_encoder_config");
        SamEncoder encoder = encoder(part(file, "vision_config"));
        SamPromptEncoder prompts = prompts(prompt, encoder);
        SamMaskDecoder decoder = decoder(part(file, "mask_decoder_config"));
        Sam model = new Sam(encoder, prompts, decoder);
        return new SamSpec(model, weights(model));
    }

    private static ConfigFile part(ConfigFile file, String key) {
        return file.object(key).orElseGet(() -> ConfigFile.empty(file.file(), key + "."));
    }

    private static int size(ConfigFile file, String key, int byDefault, int most) {
        return file.integer(key, 1, most).orElse(byDefault);
    }

    private static SamEncoder encoder(ConfigFile file) {
        int width = size(file, "hidden_size", 768, ModelLimits.WIDTH);
        double ratio = file.number("mlp_ratio", 0, ModelLimits.HIDDEN).orElse(4.0);
        int hidden = file.integer("mlp_dim", 1, ModelLimits.HIDDEN).orElse((int) (width * ratio));
        SamEncoder.Looks looks = new SamEncoder.Looks(
                file.integer("window_size", 0, ModelLimits.KERNEL).orElse(14),
                file.integers("global_attn_indexes", 0, ModelLimits.DEPTH).orElse(List.of(2, 5, 8, 11)),
                file.flag("qkv_bias").orElse(true),
                file.flag("use_rel_pos").orElse(true),
                file.flag("use_abs_pos").orElse(true));
        return new SamEncoder(
                size(file, "image_size", IMAGE_PIXELS, ModelLimits.IMAGE_PIXELS),
                size(file, "num_channels", 3, ModelLimits.CHANNELS),
                size(file, "patch_size", PATCH_PIXELS, ModelLimits.IMAGE_PIXELS),
                width,
                size(file, "num_hidden_layers", 12, ModelLimits.DEPTH),
                size(file, "num_attention_heads", 12, ModelLimits.WIDTH),
                new Mlp(hidden, activation(file, "gelu")),
                looks,
                size(file, "output_channels", WIDTH, ModelLimits.WIDTH),
                epsilon(file));
    }

    private static SamPromptEncoder prompts(ConfigFile file, SamEncoder encoder) {
        int image = size(file, "image_size", IMAGE_PIXELS, ModelLimits.IMAGE_PIXELS);
        int patch = size(file, "patch_size", PATCH_PIXELS, ModelLimits.IMAGE_PIXELS);
        int kinds = size(file, "num_point_embeddings", POINT_KINDS, ModelLimits.REGISTERS);
        if (kinds != POINT_KINDS) {
            throw file.error("num_point_embeddings", "must be " + POINT_KINDS, kinds, "No published SAM differs.");
        }
        if (image != encoder.imagePixels() || image / patch != encoder.side()) {
            throw file.wrong(image != encoder.imagePixels() ? "image_size" : "patch_size", "that of vision_config");
        }
        return new SamPromptEncoder(
                size(file, "hidden_size", WIDTH, ModelLimits.WIDTH),
                image / patch,
                image,
                size(file, "mask_input_channels", 16, ModelLimits.WIDTH),
                activation(file, "gelu"),
                epsilon(file));
    }

    private static SamMaskDecoder decoder(ConfigFile file) {
        TwoWayTransformer transformer = new TwoWayTransformer(
                size(file, "num_hidden_layers", 2, ModelLimits.DEPTH),
                size(file, "num_attention_heads", 8, ModelLimits.WIDTH),
                size(file, "attention_downsample_rate", 2, ModelLimits.WIDTH),
                new Mlp(size(file, "mlp_dim", 2048, ModelLimits.HIDDEN), activation(file, "relu")),
                epsilon(file));
        return new SamMaskDecoder(
                size(file, "hidden_size", WIDTH, ModelLimits.WIDTH),
                transformer,
                size(file, "num_multimask_outputs", 3, ModelLimits.REGISTERS),
                size(file, "iou_head_hidden_dim", WIDTH, ModelLimits.HIDDEN),
                file.integer("iou_head_depth", 2, ModelLimits.DEPTH).orElse(3));
    }

    private static double epsilon(ConfigFile file) {
        return file.number("layer_norm_eps", 0, 1).orElse(EPSILON);
    }

    private static Activation activation(ConfigFile file, String byDefault) {
        String name = file.text("hidden_act").orElse(byDefault);
        return Activation.ofHubName(name)
                .orElseThrow(() -> file.error(
                        "hidden_act",
                        "must be one of " + Activation.allHubNames(),
                        "\"" + name + "\"",
                        "Other activations are not supported."));
    }

    private static NameTable weights(Sam model) {
        SamEncoder e = model.encoder();
        int mask = model.prompts().maskChannels();
        return NameTable.under("")
                .ignore("prompt_encoder.shared_embedding.positional_embedding") // defaults of the vision encoder
                .part("vision.", "vision_encoder.", vision(e))
                .part("prompts.", "prompt_encoder.", promptNames(e.width(), mask))
                .row("prompts.frequencies", "shared_image_embedding.positional_embedding")
                .part("decoder.", "mask_decoder.", decoderNames())
                .build();
    }

    private static NameTable vision(SamEncoder e) {
        String layer = "layers.*.";
        return NameTable.under("")
                .row("patches", "patch_embed.projection")
                .stored("patches.weight", Shape.of(e.embeddingWidth(), e.channels(), e.patchPixels(), e.patchPixels()))
                .row("positions", "pos_embed")
                .stored("positions", Shape.of(1, e.side(), e.side(), e.embeddingWidth()))
                .row("blocks.*.norm1", layer + "layer_norm1")
                .row("blocks.*.attention.qkv", layer + "attn.qkv")
                .row("blocks.*.attention.output", layer + "attn.proj")
                .row("blocks.*.attention.row_offsets", layer + "attn.rel_pos_h")
                .row("blocks.*.attention.column_offsets", layer + "attn.rel_pos_w")
                .row("blocks.*.norm2", layer + "layer_norm2")
                .row("blocks.*.feed_forward.in", layer + "mlp.lin1")
                .row("blocks.*.feed_forward.out", layer + "mlp.lin2")
                .row("neck.reduce", "neck.conv1")
                .stored("neck.reduce.weight", Shape.of(e.width(), e.embeddingWidth(), 1, 1))
                .row("neck.norm1", "neck.layer_norm1")
                .row("neck.conv", "neck.conv2")
                .row("neck.norm2", "neck.layer_norm2")
                .build();
    }

    private static NameTable promptNames(int width, int channels) {
        int fewer = channels / SamPromptEncoder.MASK_PIXELS;
        return NameTable.under("")
                .row("none", "not_a_point_embed.weight")
                .row("kinds.*", "point_embed.*.weight")
                .row("no_mask", "no_mask_embed.weight")
                .row("mask.conv1", "mask_embed.conv1")
                .stored("mask.conv1.weight", Shape.of(fewer, 1, 2, 2))
                .row("mask.norm1", "mask_embed.layer_norm1")
                .row("mask.conv2", "mask_embed.conv2")
                .stored("mask.conv2.weight", Shape.of(channels, fewer, 2, 2))
                .row("mask.norm2", "mask_embed.layer_norm2")
                .row("mask.conv3", "mask_embed.conv3")
                .stored("mask.conv3.weight", Shape.of(width, channels, 1, 1))
                .build();
    }

    private static NameTable decoderNames() {
        NameTable.Builder table = NameTable.under("")
                .row("quality_token", "iou_token.weight")
                .row("mask_tokens", "mask_tokens.weight")
                .row("transformer.blocks.*.feed_forward.in", "transformer.layers.*.mlp.lin1")
                .row("transformer.blocks.*.feed_forward.out", "transformer.layers.*.mlp.lin2")
                .row("transformer.norm", "transformer.layer_norm_final_attn")
                .row("enlarge1", "upscale_conv1")
                .row("enlarge_norm", "upscale_layer_norm")
                .row("enlarge2", "upscale_conv2");
        for (int i = 1; i <= 4; i++) {
            table.row("transformer.blocks.*.norm" + i, "transformer.layers.*.layer_norm" + i);
        }
        attention(table, "transformer.blocks.*.self.", "transformer.layers.*.self_attn.");
        attention(table, "transformer.blocks.*.read.", "transformer.layers.*.cross_attn_token_to_image.");
        attention(table, "transformer.blocks.*.write.", "transformer.layers.*.cross_attn_image_to_token.");
        attention(table, "transformer.read.", "transformer.final_attn_token_to_image.");
        perceptron(table, "masks.*.", "output_hypernetworks_mlps.*.");
        perceptron(table, "quality.", "iou_prediction_head.");
        return table.build();
    }

    private static void attention(NameTable.Builder table, String ours, String theirs) {
        table.row(ours + "query", theirs + "q_proj")
                .row(ours + "key", theirs + "k_proj")
                .row(ours + "value", theirs + "v_proj")
                .row(ours + "output", theirs + "out_proj");
    }

    private static void perceptron(NameTable.Builder table, String ours, String theirs) {
        table.row(ours + "in", theirs + "proj_in")
                .row(ours + "hidden.*", theirs + "layers.*")
                .row(ours + "out", theirs + "proj_out");
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        Map<String, Map<String, Object>> out = new LinkedHashMap<>();
        out.put("sam-vit-base", Map.of("model_type", TYPE));
        out.put("sam-vit-large", sized(1024, 24, 16, List.of(5, 11, 17, 23)));
        out.put("sam-vit-huge", sized(1280, 32, 16, List.of(7, 15, 23, 31)));
        return out;
    }

    private static Map<String, Object> sized(int width, int depth, int heads, List<Integer> global) {
        Map<String, Object> vision = Map.of(
                "hidden_size", width,
                "num_hidden_layers", depth,
                "num_attention_heads", heads,
                "global_attn_indexes", global);
        return Map.of("model_type", TYPE, "vision_config", vision);
    }
}
