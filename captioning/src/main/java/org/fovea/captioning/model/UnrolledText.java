package org.fovea.captioning.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.captioning.model.TrainableCaptioner.Chance;
import org.fovea.captioning.model.TrainableCaptioner.Written;
import org.fovea.core.generate.MemoryDecoder;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;

/** The steps of a Transformer's decoder in one graph, so that a step can read what an earlier one has picked. */
final class UnrolledText {
    private final TextDecoder text;
    private final Scope scope;
    private final List<Value> memories;
    private final KeyValueCache cache = KeyValueCache.growing();
    private final List<Value> logits = new ArrayList<>(); // [rows, 1, V] each
    private final List<Value> looks = new ArrayList<>(); // [rows, 1, M] each
    private final List<Value> picked = new ArrayList<>(); // [rows, 1] each

    /**
     * Creates a decoder before its first word.
     *
     * @param scope scope of the decoder's weights
     * @param memories result of {@link TextDecoder#prepare}
     */
    UnrolledText(TextDecoder text, Scope scope, List<Value> memories) {
        this.text = text;
        this.scope = scope.shared();
        this.memories = memories;
    }

    /**
     * Adds the steps; {@code before} holds the previous words {@code [rows, T]} for the steps that do not read the decoder's
     * own.
     */
    Written write(Value before, Chance chance) {
        for (int t = 0; t < before.shape().dim(1); t++) {
            Decoded out = step(embedded(before, chance, t));
            logits.add(text.scores(scope, out.values()));
            looks.add(looks(out));
            picked.add(OwnWords.pick(logits.get(t), chance, t));
        }
        return new Written(join(logits), join(looks), Optional.of(join(picked)), Optional.empty());
    }

    private Value embedded(Value before, Chance chance, int t) {
        Value at = StepInputs.range(scope.graph(), t + 1).slice(0, t, t + 1);
        Value given = text.embed(scope, before.slice(1, t, t + 1), at); // [rows, 1, width]
        return t == 0 ? given : OwnWords.instead(text.embed(scope, picked.get(t - 1), at), given, chance, t);
    }

    private Decoded step(Value word) {
        Value sees = scope.graph().fill(0, 1, 1); // a mask of one row: the word attends to all words so far
        return text.decode(scope, scope.dropout(word), sees, cache, memories);
    }

    /** Attention weights {@code [rows, T, M]} over the memory: mean over layers and heads. */
    static Value looks(Decoded out) {
        List<Value> all = out.blocks().stream()
                .map(block -> block.weights(MemoryDecoder.CROSS).mean(true, 1))
                .toList(); // [rows, 1, T, M]
        return join(all).mean(false, 1);
    }

    private static Value join(List<Value> parts) {
        return parts.get(0).concat(1, parts.subList(1, parts.size()).toArray(Value[]::new));
    }
}
