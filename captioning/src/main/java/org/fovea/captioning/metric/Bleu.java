package org.fovea.captioning.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU-1 to BLEU-4: the geometric mean of clipped n-gram precisions times a penalty for brevity.
 *
 * <p>As the COCO reference has it: counts are summed over the set before they are divided; the reference length is the one
 * closest to the hypothesis', the shorter of two equally close; 1e-15 is added to what matches and 1e-9 to what is
 * counted, so that nothing divides by zero.
 *
 * @see <a href="https://aclanthology.org/P02-1040">Papineni et al. 2002</a>
 */
public final class Bleu {
    private static final double TINY = 1e-15; // as in the reference implementation
    private static final double SMALL = 1e-9; // as in the reference implementation

    private final long[] matched = new long[NGrams.LONGEST];
    private final long[] counted = new long[NGrams.LONGEST];
    private long length;
    private long referenceLength;

    private Bleu() {}

    /**
     * Scores one caption.
     *
     * @param references reference captions, at least one
     * @return BLEU-1 to BLEU-4, each from 0 to 1
     */
    public static List<Double> of(List<String> hypothesis, List<List<String>> references) {
        return ofSet(List.of(new TokenizedCaption(hypothesis, references)));
    }

    /** Scores a whole set: n-gram counts are summed over all captions. */
    static List<Double> ofSet(List<TokenizedCaption> captions) {
        Bleu bleu = new Bleu();
        captions.forEach(bleu::add);
        return bleu.scores();
    }

    private void add(TokenizedCaption caption) {
        List<String> hypothesis = caption.hypothesis();
        length += hypothesis.size();
        referenceLength += closest(hypothesis.size(), caption.references());
        for (int n = 1; n <= NGrams.LONGEST; n++) {
            counted[n - 1] += Math.max(0, hypothesis.size() - n + 1);
            Map<List<String>, Integer> most = new HashMap<>();
            for (List<String> reference : caption.references()) {
                NGrams.count(reference, n).forEach((gram, times) -> most.merge(gram, times, Math::max));
            }
            for (var gram : NGrams.count(hypothesis, n).entrySet()) {
                matched[n - 1] += Math.min(gram.getValue(), most.getOrDefault(gram.getKey(), 0));
            }
        }
    }

    private static int closest(int length, List<List<String>> references) {
        int best = references.get(0).size();
        for (List<String> reference : references) {
            int far = Math.abs(reference.size() - length) - Math.abs(best - length);
            if (far < 0 || far == 0 && reference.size() < best) {
                best = reference.size();
            }
        }
        return best;
    }

    private List<Double> scores() {
        List<Double> out = new ArrayList<>();
        double ratio = (length + TINY) / (referenceLength + SMALL);
        double brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
        double product = 1;
        for (int n = 0; n < NGrams.LONGEST; n++) {
            product *= (matched[n] + TINY) / (counted[n] + SMALL);
            out.add(Math.pow(product, 1.0 / (n + 1)) * brevity);
        }
        return out;
    }
}
