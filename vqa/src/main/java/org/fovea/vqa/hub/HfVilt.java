package org.fovea.vqa.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Architectures;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.hub.VisionTower;
import org.fovea.vit.hub.VisionTowers;
import org.fovea.vit.model.ViTEncoder;
import org.fovea.vqa.model.Vilt;

/**
 * ViLT in Hugging Face transformers: {@code ViltForQuestionAnswering}, {@code ViltForImageAndTextRetrieval} with one score of
 * how well text and image match, and {@code ViltForImagesAndTextClassification} with two images.
 *
 * @see <a href="https://arxiv.org/abs/2102.03334">Kim et al. 2021</a>
 */
final class HfVilt implements AnswererFamily {
    private static final String TYPE = "vilt";
    private static final String ANSWERS = "ViltForQuestionAnswering";
    private static final String MATCH = "ViltForImageAndTextRetrieval";
    private static final String IMAGES = "ViltForImagesAndTextClassification";
    private static final int VOCABULARY = 30_522; // from here on: defaults of the reference's ViltConfig
    private static final int POSITIONS = 40;
    private static final int KINDS = 2;
    private static final int VQA_ANSWERS = 3_129;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public Architectures architectures() {
        return new Architectures(
                "an answerer",
                List.of(ANSWERS, MATCH, IMAGES),
                "Choose a fine-tuned checkpoint such as dandelin/vilt-b32-finetuned-vqa.");
    }

    @Override
    public AnswererSpec read(ConfigFile file) {
        VisionTower tower = VisionTowers.vilt(file);
        return switch (architectures().found(file).orElse(ANSWERS)) {
            case MATCH -> {
                Vilt model = model(file, tower, 1, 0, 1);
                NameTable names = names(tower).row("head.out", "rank_output").build();
                yield AnswererSpec.closed(model, names, List.of("match"), AnswererSpec.Link.SIGMOID);
            }
            case IMAGES -> {
                int images = file.required("num_images", file.integer("num_images", 1, ModelLimits.REGISTERS));
                int inner = images * tower.encoder().width();
                yield answers(file, tower, images, inner, AnswererSpec.Link.SOFTMAX);
            }
            default -> answers(file, tower, 1, 2 * tower.encoder().width(), AnswererSpec.Link.SIGMOID);
        };
    }

    private static AnswererSpec answers(
            ConfigFile file, VisionTower tower, int images, int inner, AnswererSpec.Link link) {
        List<String> labels = Labels.read(file)
                .orElseGet(() -> Labels.numbered(
                        file.integer("num_labels", 1, ModelLimits.CLASSES).orElse(2)));
        NameTable names = names(tower)
                .row("head.in", "classifier.0")
                .row("head.norm", "classifier.1")
                .row("head.out", "classifier.3")
                .build();
        return AnswererSpec.closed(model(file, tower, images, inner, labels.size()), names, labels, link);
    }

    private static Vilt model(ConfigFile file, VisionTower tower, int images, int inner, int answers) {
        return new Vilt(
                (ViTEncoder) tower.encoder(),
                file.integer("vocab_size", 1, ModelLimits.CLASSES).orElse(VOCABULARY),
                file.integer("max_position_embeddings", 1, ModelLimits.TOKENS).orElse(POSITIONS),
                file.integer("type_vocab_size", 1, ModelLimits.REGISTERS).orElse(KINDS),
                file.integer("modality_type_vocab_size", images + 1, ModelLimits.REGISTERS)
                        .orElse(KINDS),
                images,
                inner,
                answers);
    }

    private static NameTable.Builder names(VisionTower tower) {
        String text = "vilt.embeddings.text_embeddings.";
        return NameTable.under("")
                .ignore("*.position_ids", "*.token_type_ids")
                .part("vision.", "vilt.", tower.names())
                .row("text.words.table", text + "word_embeddings.weight")
                .row("text.positions", text + "position_embeddings.weight")
                .row("text.types", text + "token_type_embeddings.weight")
                .row("text.embedding_norm", text + "LayerNorm")
                .row("modalities", "vilt.embeddings.token_type_embeddings.weight")
                .row("pooler", "vilt.pooler.dense");
    }

    @Override
    public Map<String, Map<String, Object>> presets() {
        Map<String, Object> vqa = new LinkedHashMap<>();
        vqa.put("model_type", TYPE);
        vqa.put("architectures", List.of(ANSWERS));
        vqa.putAll(Labels.keys(Labels.numbered(VQA_ANSWERS)));
        return Map.of("vilt-b32-finetuned-vqa", vqa);
    }
}
