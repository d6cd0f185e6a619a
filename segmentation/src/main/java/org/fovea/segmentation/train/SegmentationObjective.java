package org.fovea.segmentation.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Losses.Term;

/**
 * Shares of the losses in what a segmentation network learns from. Weights of classes and of borders are those of the pixels,
 * see {@link CropBatches}.
 *
 * @param crossEntropy weight of the cross-entropy, the mean over pixels of -log p of the class
 * @param dice weight of the Dice loss, 1 - Dice between probabilities and classes, mean over classes
 * @param focal weight of the focal loss, the cross-entropy with pixels weighted by (1 - p)^γ
 * @param gamma exponent γ of the focal loss
 * @param distance weight of the cross-entropy between depths within objects
 * @see <a href="https://arxiv.org/abs/1606.04797">Milletari et al. 2016, section 3, on Dice</a>
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, equation 4, on the focal loss</a>
 */
public record SegmentationObjective(double crossEntropy, double dice, double focal, double gamma, double distance) {
    private static final double LEAST = 1e-6;
    private static final double SMOOTH = 1; // pixels added to both areas, so that an absent class has no loss

    /** Checks the weights. */
    public SegmentationObjective {
        Check.notNegative("SegmentationObjective: cross-entropy", crossEntropy);
        Check.notNegative("SegmentationObjective: Dice", dice);
        Check.notNegative("SegmentationObjective: focal", focal);
        Check.notNegative("SegmentationObjective: gamma", gamma);
        Check.notNegative("SegmentationObjective: distance", distance);
        Check.that(
                crossEntropy + dice + focal > 0,
                "SegmentationObjective: a loss of the classes",
                "have a share",
                "none");
    }

    /** Cross-entropy and Dice loss with equal weights, and that of the distance for networks that predict it. */
    public static SegmentationObjective standard() {
        return new SegmentationObjective(1, 1, 0, 2, 1);
    }

    /**
     * Adds the loss.
     *
     * @param logits {@code [B, K, H, W]}
     * @param depth logits of the depth, {@code [B, 1, H, W]}
     * @param inputs values of the batch
     * @return a scalar {@code []}
     */
    Value loss(Value logits, Optional<Value> depth, Inputs inputs) {
        Value logProbabilities = logits.logSoftmax(1);
        List<Term> terms = new ArrayList<>();
        Value likelihood = logProbabilities.multiply(inputs.targets.multiply(inputs.importance)); // [B, K, H, W]
        double pixels = (double) logits.shape().size() / logits.shape().dim(1);
        if (crossEntropy > 0) {
            terms.add(new Term(total(likelihood), -crossEntropy / pixels));
        }
        if (focal > 0) {
            Value miss = logProbabilities
                    .exp()
                    .affine(-1, 1 + LEAST)
                    .log()
                    .affine(gamma, 0)
                    .exp(); // (1 - p)^γ
            terms.add(new Term(total(likelihood.multiply(miss)), -focal / pixels));
        }
        if (dice > 0) {
            terms.add(new Term(dice(logProbabilities.exp(), inputs), dice));
        }
        depth.filter(scores -> distance > 0).ifPresent(scores -> {
            Value each = scores.unary(UnaryKind.SOFTPLUS).subtract(scores.multiply(inputs.distance));
            Value importance = inputs.importance.slice(1, 0, 1); // [B, 1, H, W]
            terms.add(new Term(total(each.multiply(importance)), distance / pixels));
        });
        return Losses.sum(terms);
    }

    private static Value dice(Value probabilities, Inputs inputs) {
        Value weighted = inputs.targets.multiply(inputs.importance);
        Value common = probabilities.multiply(weighted).sum(false, 0, 2, 3); // [K]
        Value sizes = probabilities.multiply(inputs.importance).add(weighted).sum(false, 0, 2, 3); // [K]
        Value score = common.affine(2, SMOOTH).divide(sizes.affine(1, SMOOTH));
        return score.mean(false, 0).affine(-1, 1); // []
    }

    private static Value total(Value each) {
        return each.reshape((int) each.shape().size()).sum(false, 0); // []
    }

    /** Inputs of a {@link SegmentationBatch} in the graph. */
    record Inputs(Value targets, Value importance, Value distance) {}
}
