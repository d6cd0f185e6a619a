package org.fovea.core.generate;

import org.fovea.core.Check;

/**
 * Random choice of tokens.
 *
 * @param enabled whether tokens are sampled; otherwise the most likely one is taken, and the other settings have no effect
 * @param temperature temperature, which divides the scores
 * @param topK restricts sampling to the k most likely tokens; 0 for all
 * @param topP restricts sampling to the most likely tokens that together have this probability; 1 for all
 * @param minP restricts sampling to tokens with at least this fraction of the most likely one's probability; 0 for all
 * @param typicalP restricts sampling to the tokens nearest to the expected information that together have this probability; 1
 *     for all
 * @param seed seed; the text for an image depends on the seed and the image, not on other images in the batch
 */
public record Sampling(
        boolean enabled, double temperature, int topK, double topP, double minP, double typicalP, long seed) {
    /** Checks the numbers. */
    public Sampling {
        Check.positive("Sampling: temperature", temperature);
        Check.that(topK >= 0, "Sampling: topK", "be at least 0", topK);
        Check.that(topP >= 0 && topP <= 1, "Sampling: topP", "lie in [0, 1]", topP);
        Check.that(minP >= 0 && minP <= 1, "Sampling: minP", "lie in [0, 1]", minP);
        Check.that(typicalP > 0 && typicalP <= 1, "Sampling: typicalP", "lie in (0, 1]", typicalP);
    }

    /** Copy with sampling on or off. */
    public Sampling enabled(boolean on) {
        return new Sampling(on, temperature, topK, topP, minP, typicalP, seed);
    }

    /** Copy with another seed. */
    public Sampling withSeed(long other) {
        return new Sampling(enabled, temperature, topK, topP, minP, typicalP, other);
    }
}
