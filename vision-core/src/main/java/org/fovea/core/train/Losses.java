package org.fovea.core.train;

import java.util.List;
import org.fovea.core.graph.CrossEntropy;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/** Losses as parts of a graph: each yields one number, a scalar {@code []}. */
public final class Losses {
    private Losses() {}

    /**
     * Mean over the batch of -Σₖ t'ₖ·log softmax(x)ₖ with t' = (1 - smoothing)·t + smoothing·Σt/K.
     *
     * <p>Soft targets, mixup and class weights are targets: rows need not sum to 1.
     *
     * @param logits {@code [B, K]}
     * @param targets {@code [B, K]}, at least 0
     * @param smoothing label smoothing in [0, 1)
     * @throws IllegalArgumentException when the smoothing is out of range or the shapes differ
     * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016, section 7</a>
     */
    public static Value crossEntropy(Value logits, Value targets, double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "Losses: label smoothing must be at least 0 and below 1, got " + smoothing);
        }
        Value t = targets;
        if (smoothing > 0) {
            Value even = targets.sum(true, 1).affine(smoothing / logits.shape().dim(1), 0); // [B, 1]
            t = targets.affine(1 - smoothing, 0).add(even); // [B, K]
        }
        return logits.graph().apply(new CrossEntropy(), logits, t).mean(false, 0); // []
    }

    /**
     * Mean over all elements of log(1 + eˣ) - t·x: the binary cross-entropy of σ(x) against t, without overflow.
     *
     * @param logits logits of any shape
     * @param targets targets of the same shape, probabilities from 0 to 1
     */
    public static Value binaryCrossEntropy(Value logits, Value targets) {
        Value each = logits.unary(UnaryKind.SOFTPLUS).subtract(logits.multiply(targets));
        return each.reshape((int) each.shape().size()).mean(false, 0); // []
    }

    /**
     * One loss and its part in a sum.
     *
     * @param loss a scalar {@code []}
     * @param weight weight of the loss, finite
     */
    public record Term(Value loss, double weight) {
        /** Checks the weight. */
        public Term {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("Losses: a weight must be finite, got " + weight);
            }
        }
    }

    /**
     * Weighted sum of losses.
     *
     * @param terms terms, at least one, all of the same graph
     * @throws IllegalArgumentException when there are no terms
     */
    public static Value sum(List<Term> terms) {
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("Losses: a sum takes at least one term, got none");
        }
        Graph graph = terms.get(0).loss().graph();
        graph.scope("loss");
        return terms.stream()
                .map(term -> term.loss().affine(term.weight(), 0))
                .reduce(Value::add)
                .orElseThrow();
    }
}
