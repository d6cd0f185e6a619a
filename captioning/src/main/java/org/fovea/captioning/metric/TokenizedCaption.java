package org.fovea.captioning.metric;

import java.util.List;
import java.util.function.Function;

/** A caption and its references as tokens. */
record TokenizedCaption(List<String> hypothesis, List<List<String>> references) {
    static TokenizedCaption of(ScoredCaption caption, Function<String, List<String>> tokens) {
        return new TokenizedCaption(
                tokens.apply(caption.hypothesis()),
                caption.references().stream().map(tokens).toList());
    }
}
