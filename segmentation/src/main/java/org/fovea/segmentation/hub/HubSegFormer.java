package org.fovea.segmentation.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.tensor.Shape;
import org.fovea.segmentation.model.SegFormer;
import org.fovea.segmentation.model.SegFormerHead;
import org.fovea.vit.hub.VisionTowers;
import org.fovea.vit.model.MixTransformerEncoder;
import org.fovea.vit.model.MixTransformerPresets;

/**
 * SegFormer in Hugging Face transformers: {@code SegformerForSemanticSegmentation}.
 *
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021</a>
 */
final class HubSegFormer implements SegmenterFamily {
    private static final String TYPE = "segformer";
    private static final int PIXELS = 512; // the preprocessing defines the size in use
    private static final int HEAD_WIDTH = 256;
    private static final int CLASSES = 2; // default of the reference if no labels are named
    private static final int ADE20K_CLASSES = 150;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public Architectures architectures() {
        return new Architectures(
                "a segmenter",
                List.of("*ForSemanticSegmentation"),
                "This checkpoint has no segmentation head: choose one such as"
                        + " nvidia/segformer-b0-finetuned-ade-512-512, or give it to fovea classify.");
    }

    @Override
    public SegmenterSpec read(ConfigFile file) {
        List<String> labels = Labels.read(file)
                .orElseGet(() -> Labels.numbered(
                        file.integer("num_labels", 1, ModelLimits.WIDTH).orElse(CLASSES)));
        int width = file.integer("decoder_hidden_size", 1, ModelLimits.WIDTH).orElse(HEAD_WIDTH);
        MixTransformerEncoder encoder = VisionTowers.segformer(file, PIXELS);
        SegFormer model = new SegFormer(encoder, new SegFormerHead(width, labels.size()));
        return SegmenterSpec.semantic(model, weights(model), labels);
    }

    private static NameTable weights(SegFormer model) {
        int width = model.head().width();
        int stages = model.encoder().stages().size();
        String norm = "decode_head.batch_norm";
        return NameTable.under("")
                .part(SegFormer.ENCODER + ".", TYPE + ".", VisionTowers.segformerNames())
                .ignore("*num_batches_tracked")
                .row("head.projections.*", "decode_head.linear_c.*.proj")
                .row("head.fuse", "decode_head.linear_fuse")
                .stored("head.fuse.weight", Shape.of(width, stages * width, 1, 1))
                .row("head.norm", norm)
                .row("head.norm.running_mean", norm + ".running_mean")
                .row("head.norm.running_variance", norm + ".running_var")
                .row("head.classifier", "decode_head.classifier")
                .stored("head.classifier.weight", Shape.of(model.outputs(), width, 1, 1))
                .build();
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        Map<String, Map<String, Object>> out = new LinkedHashMap<>();
        for (int size = 0; size < MixTransformerPresets.sizes(); size++) {
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("model_type", TYPE);
            config.put("hidden_sizes", MixTransformerPresets.widths(size));
            config.put("depths", MixTransformerPresets.depths(size));
            config.put("decoder_hidden_size", size < 2 ? HEAD_WIDTH : 3 * HEAD_WIDTH);
            config.put("num_labels", ADE20K_CLASSES);
            out.put("segformer-b" + size, config);
        }
        return out;
    }
}
