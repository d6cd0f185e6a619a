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
     * @param drawn as many as the batch has, those of a picture side by side, words separated by spaces
     * @return the reward of each
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
     * 1 for captions that are true of the drawn scene, else 0.
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
     * The amount that a caption says where it is true of the drawn scene, else 0: beside {@link #truth}, which a caption that says
     * little earns as well, it pays to say more.
     *
     * @param amount of what a caption says, such as its {@link CaptionContent#facts}
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

    /** This and a share of another. */
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
