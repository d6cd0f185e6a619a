package org.fovea.vit.hub;

/** What Hugging Face transformers calls the weights of its vision transformers. */
final class HubNames {
    private HubNames() {}

    /**
     * The names of ViT and DeiT.
     *
     * @param teacher whether DeiT's second classifier is there
     */
    static NameTable vit(String modelType, boolean teacher) {
        return common(modelType + ".")
                .row("distillation_token", "embeddings.distillation_token")
                .row("blocks.*.norm1", "encoder.layer.*.layernorm_before")
                .row("blocks.*.norm2", "encoder.layer.*.layernorm_after")
                .row("blocks.*.feed_forward.in", "encoder.layer.*.intermediate.dense")
                .row("blocks.*.feed_forward.out", "encoder.layer.*.output.dense")
                .row("head", teacher ? "cls_classifier" : "classifier")
                .row("distillation_head", "distillation_classifier");
    }

    /**
     * The names of DINOv2, with registers or without.
     *
     * @param gated whether the feed-forward block is SwiGLU
     */
    static NameTable dinov2(String modelType, boolean gated) {
        return common(modelType + ".")
                .row("registers", "embeddings.register_tokens")
                .row("blocks.*.norm1", "encoder.layer.*.norm1")
                .row("blocks.*.scale1", "encoder.layer.*.layer_scale1.lambda1")
                .row("blocks.*.norm2", "encoder.layer.*.norm2")
                .row("blocks.*.feed_forward.in", "encoder.layer.*.mlp." + (gated ? "weights_in" : "fc1"))
                .row("blocks.*.feed_forward.out", "encoder.layer.*.mlp." + (gated ? "weights_out" : "fc2"))
                .row("blocks.*.scale2", "encoder.layer.*.layer_scale2.lambda1")
                .row("head", "classifier");
    }

    private static NameTable common(String prefix) {
        String attention = "encoder.layer.*.attention.";
        return new NameTable(prefix)
                .ignore("pooler.*", "embeddings.mask_token")
                .row("patches", "embeddings.patch_embeddings.projection")
                .row("class_token", "embeddings.cls_token")
                .row("positions", "embeddings.position_embeddings")
                .row(
                        "blocks.*.attention.qkv",
                        attention + "attention.query",
                        attention + "attention.key",
                        attention + "attention.value")
                .row("blocks.*.attention.output", attention + "output.dense")
                .row("norm", "layernorm");
    }
}
