package org.fovea.vqa.train;

import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Loss that teaches attention to lie on what words name: the mean over those words of minus the logarithm of the share of the
 * attention that lies there. Attention of a whole question is to lie on any of what its words name.
 *
 * @param rows number of questions
 * @param words number of words of each question, T
 * @param places number of positions of an image, M
 * @see <a href="https://arxiv.org/abs/1709.06308">Qiao et al. 2018</a>, supervision by human attention
 */
record GazeLoss(int rows, int words, int places) {
    private static final String PLACES = "named_places";
    private static final String WORDS = "named_words";
    private static final double LEAST = 1e-6; // keeps the logarithm finite

    /**
     * Adds the loss, whose inputs are those of {@link #inputs}.
     *
     * @param attention {@code [rows, T, M]} or {@code [rows, 1, M]} each, at least one
     * @return scalar, the mean over all of them
     */
    Value build(Graph graph, List<Value> attention) {
        Check.that(
                !attention.isEmpty(),
                "GazeLoss: the head of the answerer",
                "attend to places, as stacked, memory and transformer do",
                "one without such weights");
        Value shown = graph.input(PLACES, rows, words, places);
        Value named = graph.input(WORDS, rows, words);
        return attention.stream()
                .map(weights -> weights.shape().dim(1) == 1
                        ? missed(weights, shown.max(true, 1), named.max(true, 1))
                        : missed(weights, shown, named))
                .reduce(Value::add)
                .orElseThrow()
                .affine(1.0 / attention.size(), 0);
    }

    /** Negative logarithm of the attention on the named positions, the mean over words that name something. */
    private static Value missed(Value weights, Value shown, Value named) {
        Value share = weights.multiply(shown).sum(false, 2); // [rows, T or 1]
        Value each = share.affine(1, LEAST).log().multiply(named);
        return each.sum(false, 0, 1)
                .divide(named.sum(false, 0, 1).affine(1, LEAST))
                .negate();
    }

    static Map<String, Tensor> inputs(NamedPlaces named) {
        return Map.of(PLACES, named.places(), WORDS, named.words());
    }
}
