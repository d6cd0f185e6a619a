package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.fovea.captioning.metric.Cider;
import org.fovea.core.data.scenes.CaptionContent;
import org.fovea.core.data.scenes.CaptionTruth;

/** Reward of the captions that a model draws in {@link SelfCriticalTask}: the higher the better. */
@FunctionalInterface
public interface CaptionReward {
    /**
     * Scores captions.
     *
     * @param drawn one caption per row of the batch, those of the same picture adjacent; words separated by spaces
     * @return reward of each caption
     */
    double[] of(CaptionBatch batch, List<String> drawn);

    /** CIDEr-D with the given captions of the picture as references, from 0 to 10. */
    static CaptionReward cider(Cider cider) {
        return (batch, drawn) -> {
            int each = batch.captions().size() / batch.pixels().shape().dim(0);
            double[] out = new double[drawn.size()];
            List<List<String>> words =
                    batch.captions().stream().map(CaptionReward::words).toList();
            for (int row = 0; row < out.length; row++) {
                int first = row / each * each;
                out[row] = cider.score(words(drawn.get(row)), new ArrayList<>(words.subList(first, first + each)));
            }
            return out;
        };
    }

    /**
     * Reward of 1 for captions that are true of the drawn scene, 0 for others.
     *
     * @see CaptionTruth
     */
    static CaptionReward truth() {
        return (batch, drawn) -> {
            int each = drawn.size() / batch.scenes().size();
            double[] out = new double[drawn.size()];
            for (int row = 0; row < out.length; row++) {
                out[row] = CaptionTruth.isTrue(batch.scenes().get(row / each), drawn.get(row)) ? 1 : 0;
            }
            return out;
        };
    }

    /**
     * Reward for the amount of content of captions that are true of the drawn scene, 0 for others. Unlike {@link #truth}, which
     * short captions earn as easily, it favors captions that say more.
     *
     * @param amount measure of a caption's content, such as {@link CaptionContent#facts}
     */
    static CaptionReward content(ToDoubleFunction<CaptionContent> amount) {
        return (batch, drawn) -> {
            double[] out = truth().of(batch, drawn);
            for (int row = 0; row < out.length; row++) {
                out[row] *= amount.applyAsDouble(CaptionContent.of(drawn.get(row)));
            }
            return out;
        };
    }

    /** Sum of this reward and another one times a weight. */
    default CaptionReward plus(double weight, CaptionReward other) {
        return (batch, drawn) -> {
            double[] out = of(batch, drawn);
            double[] more = other.of(batch, drawn);
            for (int row = 0; row < out.length; row++) {
                out[row] += weight * more[row];
            }
            return out;
        };
    }

    private static List<String> words(String caption) {
        return List.of(caption.split(" "));
    }
}
