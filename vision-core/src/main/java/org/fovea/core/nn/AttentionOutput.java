package org.fovea.core.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.fovea.core.graph.Value;

/**
 * Result of an attention block: values, and on request the attention weights. Weights that nobody asks for cost nothing: what
 * they need is added to the graph when they are asked for the first time, and is computed only where an output depends on it.
 *
 * <p>A mechanism that attends in several ways has a kind of weights for each, such as {@code channels} and {@code places}.
 */
public final class AttentionOutput {
    /** Name of the weights of a mechanism with only one kind. */
    private static final String ONLY = "weights";

    private final Value values;
    private final Map<String, Supplier<Value>> weights;

    private AttentionOutput(Value values, Map<String, Supplier<Value>> weights) {
        this.values = values;
        this.weights = weights;
    }

    /** Result without weights, of a block without attention. */
    public static AttentionOutput of(Value values) {
        return new AttentionOutput(values, Map.of());
    }

    /**
     * Result with one kind of weights.
     *
     * @param values values, such as {@code [B, N, width]}
     * @param weights supplies the weight of each key (last axis) for each query, such as {@code [B, heads, N, M]}; called at
     *     most once
     */
    public static AttentionOutput of(Value values, Supplier<Value> weights) {
        return of(values).with(ONLY, weights);
    }

    /** Copy with one more kind of weights, after the others. */
    public AttentionOutput with(String kind, Supplier<Value> more) {
        Map<String, Supplier<Value>> all = new LinkedHashMap<>(weights);
        if (all.put(kind, once(more)) != null) {
            throw new IllegalArgumentException("AttentionOutput: every kind must be new, got \"" + kind + "\" twice");
        }
        return new AttentionOutput(values, all);
    }

    /** Copy with all kinds of weights of another result, each under a prefix. */
    public AttentionOutput with(String prefix, AttentionOutput other) {
        AttentionOutput out = this;
        for (String kind : other.kinds()) {
            out = out.with(kind.equals(ONLY) ? prefix : prefix + "." + kind, other.weights.get(kind));
        }
        return out;
    }

    /** Copy with other values and the same weights. */
    public AttentionOutput withValues(Value others) {
        return new AttentionOutput(others, weights);
    }

    /** Copy whose weights of every kind are mapped, once they are requested. */
    public AttentionOutput mapWeights(UnaryOperator<Value> map) {
        return mapKinds(kind -> map.apply(weights(kind)));
    }

    /** Copy with other weights of every kind, by its name. */
    public AttentionOutput mapKinds(Function<String, Value> weightsOf) {
        AttentionOutput out = of(values);
        for (String kind : kinds()) {
            out = out.with(kind, () -> weightsOf.apply(kind));
        }
        return out;
    }

    /** Values: one row for each query, such as {@code [B, N, width]}. */
    public Value values() {
        return values;
    }

    /**
     * Attention weights of a mechanism with only one kind.
     *
     * @throws IllegalStateException when there are none or several
     */
    public Value weights() {
        if (weights.size() != 1) {
            throw new IllegalStateException(
                    "AttentionOutput: weights without a name need one kind, got " + weights.keySet() + "; name one");
        }
        return weights.values().iterator().next().get();
    }

    /**
     * Attention weights of one kind.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    public Value weights(String kind) {
        Supplier<Value> found = weights.get(kind);
        if (found == null) {
            throw new IllegalArgumentException(
                    "AttentionOutput: the kind must be one of " + weights.keySet() + ", got \"" + kind + "\"");
        }
        return found.get();
    }

    /** Names of the kinds of weights, in the order in which they are computed. */
    public Set<String> kinds() {
        return Collections.unmodifiableSet(weights.keySet());
    }

    private static Supplier<Value> once(Supplier<Value> weights) {
        return new Supplier<>() {
            private Value known;

            @Override
            public Value get() {
                known = known == null ? weights.get() : known;
                return known;
            }
        };
    }
}
