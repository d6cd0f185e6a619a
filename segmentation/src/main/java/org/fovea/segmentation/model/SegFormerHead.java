package org.fovea.segmentation.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.Grids;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;

/**
 * SegFormer's head: each stage's tokens through a linear map and up to the grid of the first, all side by side (the last stage
 * first) through a linear map, batch norm and ReLU, and a linear map to the classes.
 *
 * <p>Its weights below a scope: {@code projections.s} [width, C] with bias, {@code fuse.weight} [width, stages·width], {@code
 * norm.*} of {@link BatchNormLayer}, {@code classifier} [classes, width] with bias.
 *
 * <p>Everything before the ReLU is linear and resizing mixes places alone, so for inference {@link #folded} makes one map of each
 * stage's projection, its part of the fusion and the norm, {@code stages.s.weight} [width, C] and one bias: it works on the
 * stage's own coarse grid, and the product over the fine grid, most of the work, is gone.
 *
 * @param width channels of the feature maps
 * @param classes number of logits at each position
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, section 3.2 and equation 4</a>
 */
public record SegFormerHead(int width, int classes) {
    static final BatchNormLayer NORM = BatchNormLayer.standard();

    /** Checks the sizes. */
    public SegFormerHead {
        ModelLimits.check("SegFormerHead: width", width, 1, ModelLimits.WIDTH);
        ModelLimits.check("SegFormerHead: classes", classes, 1, ModelLimits.WIDTH);
        ModelLimits.checkTensor("SegFormerHead: the classifier", classes, width);
    }

    /**
     * Adds the head.
     *
     * @param stages tokens of each stage, the finest first
     * @return logits {@code [B, classes, rows, columns]} on the first stage's grid
     */
    public Value build(Scope scope, List<Tokens> stages) {
        Value fused = scope.mode() == Mode.INFERENCE ? folded(scope, stages) : learned(scope, stages);
        Value tokens = scope.dropout(Grids.tokens(fused)); // [B, N, width]
        Value logits =
                new LinearLayer(classes, true).build(scope.child("classifier").enter(), tokens); // [B, N, classes]
        return Grids.image(logits, stages.get(0).rows(), stages.get(0).columns()); // [B, classes, rows, columns]
    }

    /** Fused feature map {@code [B, width, rows, columns]} after the ReLU, with the weights as they are learned. */
    private Value learned(Scope scope, List<Tokens> stages) {
        List<Value> resized = new ArrayList<>();
        for (int s = stages.size() - 1; s >= 0; s--) {
            Scope at = scope.child("projections", s).enter();
            Value map = new LinearLayer(width, true).build(at, stages.get(s).values()); // [B, N, width]
            resized.add(up(map, stages.get(s), stages.get(0)));
        }
        Value all = resized.get(0)
                .concat(1, resized.subList(1, resized.size()).toArray(Value[]::new)); // [B, stages·width, H, W]
        Value fused =
                new LinearLayer(width, false).build(scope.child("fuse").enter(), Grids.tokens(all)); // [B, N, width]
        Value image = Grids.image(fused, stages.get(0).rows(), stages.get(0).columns());
        return NORM.build(scope.child("norm").enter(), image).relu();
    }

    private Value folded(Scope scope, List<Tokens> stages) {
        Value sum = null;
        for (int s = 0; s < stages.size(); s++) {
            Scope at = scope.child("stages", s).enter();
            LinearLayer map = new LinearLayer(width, s == 0); // one bias serves all stages
            Value part = up(map.build(at, stages.get(s).values()), stages.get(s), stages.get(0));
            sum = s == 0 ? part : sum.add(part);
        }
        return sum.relu();
    }

    /** Resizes a stage's tokens to the grid of the first stage. */
    private static Value up(Value tokens, Tokens from, Tokens to) {
        Value image = Grids.image(tokens, from.rows(), from.columns()); // [B, width, h, w]
        boolean same = from.rows() == to.rows() && from.columns() == to.columns();
        return same
                ? image
                : image.graph().apply(new Resize2d(ResizeKind.BILINEAR, to.rows(), to.columns(), false, false), image);
    }

    /**
     * Weights for a graph of {@link Mode#INFERENCE}.
     *
     * @param prefix prefix of this head's weight names
     * @param widths channels of each stage's tokens
     */
    WeightSource folded(WeightSource learned, String prefix, List<Integer> widths) {
        return new FoldedHead(learned, prefix, width, widths).weights();
    }
}
