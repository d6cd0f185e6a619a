package org.fovea.segmentation.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.segmentation.model.AttentionLayout.Grid;
import org.fovea.vit.model.MixTransformerEncoder;
import org.fovea.vit.model.MixTransformerEncoder.Stage;

/**
 * SegFormer: a Mix Transformer and a head of linear maps over all its stages. The logits have the grid of the first stage, a
 * quarter of the image's height and width.
 *
 * <p>Its weights are the encoder's below {@code encoder} and the head's below {@code head}, as {@link SegFormerHead} names them.
 *
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021</a>
 */
public record SegFormer(MixTransformerEncoder encoder, SegFormerHead head) implements SegmenterModel {
    /** Scope of the encoder's weights. */
    public static final String ENCODER = "encoder";

    private static final String HEAD = "head";

    @Override
    public String describe() {
        return encoder.describe() + ", and a head of linear maps over all stages, " + head.width() + " wide";
    }

    @Override
    public int imageHeight() {
        return encoder.imageHeight();
    }

    @Override
    public int imageWidth() {
        return encoder.imageWidth();
    }

    @Override
    public int channels() {
        return encoder.channels();
    }

    @Override
    public int outputs() {
        return head.classes();
    }

    @Override
    public int multiple() {
        int out = 1;
        for (Stage stage : encoder.stages()) {
            out *= stage.stride();
        }
        return out;
    }

    @Override
    public SegFormer withImage(int height, int width) {
        return new SegFormer(encoder.withImage(height, width), head);
    }

    @Override
    public SegmenterValues build(Scope scope, Value pixels) {
        List<Tokens> stages = encoder.buildStages(scope.child(ENCODER), pixels);
        Value logits = head.build(scope.child(HEAD), stages);
        return new SegmenterValues(
                logits, stages.stream().map(Tokens::featureMap).toList(), () -> stages.stream()
                        .flatMap(stage -> stage.attentions().stream())
                        .toList());
    }

    @Override
    public List<AttentionLayout> attentions() {
        List<AttentionLayout> out = new ArrayList<>();
        for (int s = 0; s < encoder.stages().size(); s++) {
            Grid queries = new Grid(encoder.gridRows(s), encoder.gridColumns(s));
            Grid keys = new Grid(encoder.keyRows(s), encoder.keyColumns(s));
            for (int i = 0; i < encoder.stages().get(s).depth(); i++) {
                out.add(AttentionLayout.places("stage " + s + ", block " + i, queries, keys));
            }
        }
        return out;
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned) {
        List<Integer> widths = encoder.stages().stream().map(Stage::width).toList();
        return head.folded(learned, HEAD + ".", widths);
    }
}
