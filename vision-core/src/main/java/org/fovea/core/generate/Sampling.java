package org.fovea.core.generate;

import org.fovea.core.Check;

/**
 * Random choice of tokens.
 *
 * @param enabled whether tokens are drawn; else the likeliest is taken, and nothing of the rest counts
 * @param temperature divisor of the scores
 * @param topK only the k likeliest tokens; 0 for all
 * @param topP only the likeliest tokens that together have this probability; 1 for all
 * @param minP only tokens with this share of the likeliest one's probability; 0 for all
 * @param typicalP only the tokens nearest to the expected information that together have this probability; 1 for all
 * @param seed of the draws; an image's text depends on the seed and the image, not on the images beside it
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

    /** The same, on or off. */
    public Sampling enabled(boolean on) {
        return new Sampling(on, temperature, topK, topP, minP, typicalP, seed);
    }

    /** The same with another seed. */
    public Sampling withSeed(long other) {
        return new Sampling(enabled, temperature, topK, topP, minP, typicalP, other);
    }
}
