package org.fovea.vit.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;

/**
 * timm's vision transformers, DeiT and DINOv2 among them. They are written only for models made from one of timm's files, whose
 * architecture's name tells what the layout has no key for.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/vision_transformer.py}</a>
 */
final class TimmViT implements TimmFamily {
    /** Names of presets in timm. */
    private static final List<String> PRESETS = published();

    private static List<String> published() {
        try (InputStream in = TimmViT.class.getResourceAsStream("timm-vit.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the resource is in this jar
        }
    }

    @Override
    public List<String> names() {
        return TimmArchitecture.FORMS;
    }

    @Override
    public boolean recognizes(ConfigFile file) {
        return !file.has("model_type")
                && file.text(key()).flatMap(TimmArchitecture::parse).isPresent();
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        String name = file.required(key(), file.text(key()));
        return new TimmConfig(file, TimmArchitecture.parse(name).orElseThrow()).spec();
    }

    @Override
    public List<String> examples() {
        return PRESETS;
    }

    @Override
    public Optional<CheckpointFormat> formatLike(ConfigFile source, ClassifierConfig config, List<String> labels) {
        return config instanceof ViTConfig vit
                ? Optional.of(
                        new CheckpointFormat(TimmFile.keys(source, vit, labels), weights(vit.encoder(), vit.head())))
                : Optional.empty();
    }

    static NameTable weights(ViTEncoder encoder, Head head) {
        return HfConfig.withPatches(names(head), encoder);
    }

    /** Weight names that timm's BEiT shares. */
    static NameTable.Builder names(Head head) {
        return NameTable.under("")
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
                .row("blocks.*.attention.offset_bias.in", "blocks.*.attn.rel_pos.mlp.fc1")
                .row("blocks.*.attention.offset_bias.out", "blocks.*.attn.rel_pos.mlp.fc2")
                .row("offset_bias.in", "shared_rel_pos.mlp.fc1")
                .row("offset_bias.out", "shared_rel_pos.mlp.fc2")
                .row("pool.latent", "attn_pool.latent")
                .row("pool.query", "attn_pool.q")
                .row("pool.key_value", "attn_pool.kv")
                .row("pool.output", "attn_pool.proj")
                .row("pool.norm", "attn_pool.norm")
                .row("pool.feed_forward.in", "attn_pool.mlp.fc1")
                .row("pool.feed_forward.out", "attn_pool.mlp.fc2")
                .row("norm", head.norm() == Head.Norm.AFTER_POOLING ? "fc_norm" : "norm")
                .row("head", "head")
                .row("distillation_head", "head_dist");
    }
}
