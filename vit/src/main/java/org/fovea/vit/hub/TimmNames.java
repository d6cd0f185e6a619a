package org.fovea.vit.hub;

import org.fovea.vit.model.Head;

/** What timm calls the weights of its vision transformers. */
final class TimmNames {
    private TimmNames() {}

    static NameTable of(Head head) {
        return new NameTable("")
                .row("patches", "patch_embed.proj")
                .row("class_token", "cls_token")
                .row("distillation_token", "dist_token")
                .row("registers", "reg_token")
                .row("positions", "pos_embed")
                .row("embedding_norm", "norm_pre")
                .row("blocks.*.norm1", "blocks.*.norm1")
                .row("blocks.*.attention.qkv", "blocks.*.attn.qkv")
                .row("blocks.*.attention.output", "blocks.*.attn.proj")
                .row("blocks.*.scale1", "blocks.*.ls1.gamma")
                .row("blocks.*.norm2", "blocks.*.norm2")
                .row("blocks.*.feed_forward.in", "blocks.*.mlp.fc1")
                .row("blocks.*.feed_forward.out", "blocks.*.mlp.fc2")
                .row("blocks.*.scale2", "blocks.*.ls2.gamma")
                .row("norm", head.norm() == Head.Norm.AFTER_POOLING ? "fc_norm" : "norm")
                .row("head", "head")
                .row("distillation_head", "head_dist");
    }
}
