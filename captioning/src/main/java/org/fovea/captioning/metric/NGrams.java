package org.fovea.captioning.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of up to four tokens. */
final class NGrams {
    /** Largest n-gram size of BLEU and CIDEr. */
    static final int LONGEST = 4;

    private NGrams() {}

    /** Occurrences of each run of {@code length} tokens. */
    static Map<List<String>, Integer> count(List<String> tokens, int length) {
        Map<List<String>, Integer> out = new HashMap<>();
        for (int i = 0; i + length <= tokens.size(); i++) {
            out.merge(List.copyOf(tokens.subList(i, i + length)), 1, Integer::sum);
        }
        return out;
    }
}
