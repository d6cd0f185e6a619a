package org.fovea.vit.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SwiGlu;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.ClassTokens;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.TokenLayout;
import org.fovea.vit.model.ViTConfig;

/**
 * Writes the {@code config.json} of Hugging Face transformers for a vision transformer that one of its model types fits,
 * and knows the names that go with it.
 *
 * @param names of the weights
 */
record HubFile(ViTConfig config, String modelType, boolean teacher, NameTable names) {
    /**
     * The hub's layout of a configuration.
     *
     * @throws IllegalArgumentException when no model type has it
     */
    static HubFile of(ViTConfig c) {
        boolean common = !c.encoder().embeddingNorm()
                && c.head().norm() == Head.Norm.BEFORE_POOLING
                && (c.encoder().feedForward() instanceof Mlp || c.encoder().layerScale());
        if (common && c.encoder().layerScale() && c.head().pooling() == Head.Pooling.CLASS_AND_PATCH_MEAN) {
            boolean registers = c.encoder().tokens().positioned() == TokenLayout.Positioned.CLASS_AND_PATCHES;
            boolean gated = c.encoder().feedForward() instanceof SwiGlu;
            if (c.encoder().tokens().classTokens() == ClassTokens.CLASS
                    && (registers || c.encoder().tokens().registers() == 0)) {
                String type = registers ? "dinov2_with_registers" : "dinov2";
                return new HubFile(c, type, false, HubNames.dinov2(type, gated));
            }
        }
        boolean plain = common
                && !c.encoder().layerScale()
                && c.encoder().tokens().registers() == 0
                && c.encoder().tokens().positioned() == TokenLayout.Positioned.ALL
                && c.encoder().tokens().resize() == PositionResize.BICUBIC;
        boolean byClass = c.head().pooling() == Head.Pooling.CLASS_TOKEN;
        if (plain && byClass && c.encoder().tokens().classTokens() == ClassTokens.CLASS) {
            return new HubFile(c, "vit", false, HubNames.vit("vit", false));
        }
        boolean teacher = c.head().pooling() == Head.Pooling.CLASS_AND_DISTILLATION;
        if (plain && (byClass || teacher) && c.encoder().tokens().classTokens() == ClassTokens.CLASS_AND_DISTILLATION) {
            return new HubFile(c, "deit", teacher, HubNames.vit("deit", teacher));
        }
        throw new IllegalArgumentException("HubFile: a configuration that is saved for the hub must be of "
                + HubConfig.MODEL_TYPES + ", got " + c
                + "; timm's variants of the head, the tokens and the norms have no model type there");
    }

    /** Writes the keys but for the labels. */
    void write(JsonGenerator json) throws IOException {
        ViTConfig c = config;
        json.writeArrayFieldStart("architectures");
        json.writeString(architecture());
        json.writeEndArray();
        json.writeStringField("model_type", modelType);
        json.writeFieldName("image_size");
        if (c.encoder().imageHeight() == c.encoder().imageWidth()) {
            json.writeNumber(c.encoder().imageHeight());
        } else {
            json.writeArray(new int[] {c.encoder().imageHeight(), c.encoder().imageWidth()}, 0, 2);
        }
        json.writeNumberField("patch_size", c.encoder().patchPixels());
        json.writeNumberField("num_channels", c.encoder().channels());
        json.writeNumberField("hidden_size", c.encoder().width());
        json.writeNumberField("num_hidden_layers", c.encoder().depth());
        json.writeNumberField("num_attention_heads", c.encoder().heads());
        writeFeedForward(json, c.encoder().feedForward());
        json.writeBooleanField("qkv_bias", c.encoder().qkvBias());
        json.writeNumberField("layer_norm_eps", c.encoder().normEpsilon());
        json.writeNumberField("hidden_dropout_prob", 0.0);
        json.writeNumberField("attention_probs_dropout_prob", 0.0);
        if (modelType.equals("dinov2_with_registers")) {
            json.writeNumberField("num_register_tokens", c.encoder().tokens().registers());
        }
    }

    /** Tensors that the hub's layout has and classification does not use; zeros, as the library starts them. */
    Map<String, Shape> unused() {
        return modelType.startsWith("dinov2")
                ? Map.of(
                        modelType + ".embeddings.mask_token",
                        Shape.of(1, config.encoder().width()))
                : Map.of();
    }

    private String architecture() {
        String family =
                switch (modelType) {
                    case "vit" -> "ViT";
                    case "deit" -> "DeiT";
                    case "dinov2" -> "Dinov2";
                    default -> "Dinov2WithRegisters";
                };
        return family + "ForImageClassification" + (teacher ? "WithTeacher" : "");
    }

    private void writeFeedForward(JsonGenerator json, FeedForward block) throws IOException {
        boolean dinov2 = modelType.startsWith("dinov2");
        if (block instanceof Mlp mlp) {
            json.writeStringField("hidden_act", hubName(mlp.activation()));
            if (!dinov2) {
                json.writeNumberField("intermediate_size", mlp.hidden());
            }
        }
        if (dinov2) {
            // SwiGLU shrinks the hidden width that the ratio gives; the published ones have 4
            double ratio = block instanceof Mlp
                    ? (double) block.hidden() / config.encoder().width()
                    : 4;
            json.writeNumberField("mlp_ratio", ratio == Math.rint(ratio) ? Math.rint(ratio) : ratio);
            json.writeBooleanField("use_swiglu_ffn", block instanceof SwiGlu);
        }
    }

    private static String hubName(Activation activation) {
        return switch (activation) {
            case GELU -> "gelu";
            case GELU_TANH -> "gelu_pytorch_tanh";
            case QUICK_GELU -> "quick_gelu";
            case RELU -> "relu";
            case SILU -> "silu";
            case ELU -> "elu";
        };
    }
}
