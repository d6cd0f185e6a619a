package org.fovea.captioning.model;

import org.fovea.core.graph.Value;

/** Words of the decoder's own in place of those that are given. */
final class OwnWords {
    private OwnWords() {}

    /**
     * Picks the next word: the one with the highest score, or a sampled one where there is noise.
     *
     * @param scores {@code [rows, 1, V]}
     * @param step position of the previous word
     * @return word ids, {@code [rows, 1]}
     */
    static Value pick(Value scores, TrainableCaptioner.Chance chance, int step) {
        return chance.wordNoise()
                .map(noise -> scores.add(noise.slice(1, step, step + 1)))
                .orElse(scores)
                .argMax(2);
    }

    /**
     * Selects the decoder's own words where {@code chance} says so, the given ones elsewhere.
     *
     * @param own embeddings of the decoder's own words, {@code [rows, 1, C]}
     * @param given embeddings of the given words, {@code [rows, 1, C]}
     * @param step position of these words, at least 1
     */
    static Value instead(Value own, Value given, TrainableCaptioner.Chance chance, int step) {
        int rows = given.shape().dim(0);
        Value taken = chance.own().orElseThrow().slice(1, step, step + 1).reshape(rows, 1, 1);
        return taken.select(own, given);
    }
}
