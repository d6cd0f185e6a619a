package org.fovea.captioning.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr-D: cosine similarity of the n-grams' tf-idf vectors, clipped at the reference's counts, lowered by a Gaussian of
 * the difference in length (σ = 6), the mean over n = 1 to 4 and over the references, times 10. Immutable.
 *
 * <p>The inverse document frequencies come from the references of a set of images: those that are evaluated, as the COCO
 * reference has it, or those of the training set where the score is a reward.
 *
 * @see <a href="https://arxiv.org/abs/1411.5726">Vedantam et al. 2015, section 4 and equation 8</a>
 */
public final class Cider {
    private static final double SIGMA = 6;
    private static final double SCALE = 10;

    private final Map<List<String>, Integer> images;
    private final double logImages;

    private Cider(Map<List<String>, Integer> images, int count) {
        this.images = images;
        this.logImages = Math.log(count);
    }

    /**
     * Counts for each n-gram the images whose references contain it.
     *
     * @param references tokens of each reference caption, by image
     * @throws IllegalArgumentException when there are no images
     */
    public static Cider ofReferences(Collection<List<List<String>>> references) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("Cider: there must be the references of at least 1 image, got 0");
        }
        Map<List<String>, Integer> images = new HashMap<>();
        for (List<List<String>> image : references) {
            Set<List<String>> grams = new HashSet<>();
            for (List<String> reference : image) {
                for (int n = 1; n <= NGrams.LONGEST; n++) {
                    grams.addAll(NGrams.count(reference, n).keySet());
                }
            }
            grams.forEach(gram -> images.merge(gram, 1, Integer::sum));
        }
        return new Cider(images, references.size());
    }

    /**
     * Scores one caption.
     *
     * @param references reference captions, at least one
     * @return from 0 to 10
     */
    public double score(List<String> hypothesis, List<List<String>> references) {
        List<Weighted> mine = weights(hypothesis);
        double sum = 0;
        for (List<String> reference : references) {
            List<Weighted> theirs = weights(reference);
            double difference = bigrams(hypothesis) - bigrams(reference);
            double byLength = Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
            for (int n = 0; n < NGrams.LONGEST; n++) {
                sum += mine.get(n).similarity(theirs.get(n)) * byLength / NGrams.LONGEST;
            }
        }
        return SCALE * sum / references.size();
    }

    /** Length used by the reference implementation's length penalty: the number of bigrams. */
    private static int bigrams(List<String> tokens) {
        return Math.max(0, tokens.size() - 1);
    }

    private List<Weighted> weights(List<String> tokens) {
        List<Weighted> out = new ArrayList<>();
        for (int n = 1; n <= NGrams.LONGEST; n++) {
            Map<List<String>, Double> weights = new HashMap<>();
            NGrams.count(tokens, n).forEach((gram, times) -> weights.put(gram, times * rarity(gram)));
            double squares = weights.values().stream().mapToDouble(w -> w * w).sum();
            out.add(new Weighted(weights, Math.sqrt(squares)));
        }
        return out;
    }

    /** Logarithm of the inverse document frequency. */
    private double rarity(List<String> gram) {
        return logImages - Math.log(Math.max(1, images.getOrDefault(gram, 0)));
    }

    /** The tf-idf vector of one n with its length. */
    private record Weighted(Map<List<String>, Double> weights, double norm) {
        double similarity(Weighted reference) {
            double product = 0;
            for (var entry : weights.entrySet()) {
                double theirs = reference.weights.getOrDefault(entry.getKey(), 0.0);
                product += Math.min(entry.getValue(), theirs) * theirs;
            }
            return norm == 0 || reference.norm == 0 ? product : product / (norm * reference.norm);
        }
    }
}
