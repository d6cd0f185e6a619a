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
    /** The kind of a mechanism that has one. */
    private static final String ONLY = "weights";

    private final Value values;
    private final Map<String, Supplier<Value>> weights;

    private AttentionOutput(Value values, Map<String, Supplier<Value>> weights) {
        this.values = values;
        this.weights = weights;
    }

    /** Values without weights, of a block that attended to nothing. */
    public static AttentionOutput of(Value values) {
        return new AttentionOutput(values, Map.of());
    }

    /**
     * Values and weights.
     *
     * @param values such as {@code [B, N, width]}
     * @param weights the weight of each key (last axis) in each query, such as {@code [B, heads, N, M]}; asked at most once
     */
    public static AttentionOutput of(Value values, Supplier<Value> weights) {
        return of(values).with(ONLY, weights);
    }

    /** The same with one more kind of weights, after the others. */
    public AttentionOutput with(String kind, Supplier<Value> more) {
        Map<String, Supplier<Value>> all = new LinkedHashMap<>(weights);
        if (all.put(kind, once(more)) != null) {
            throw new IllegalArgumentException("AttentionOutput: every kind must be new, got \"" + kind + "\" twice");
        }
        return new AttentionOutput(values, all);
    }

    /** The same with all kinds of weights of another result, each under a prefix. */
    public AttentionOutput with(String prefix, AttentionOutput other) {
        AttentionOutput out = this;
        for (String kind : other.kinds()) {
            out = out.with(kind.equals(ONLY) ? prefix : prefix + "." + kind, other.weights.get(kind));
        }
        return out;
    }

    /** The same weights with other values. */
    public AttentionOutput withValues(Value others) {
        return new AttentionOutput(others, weights);
    }

    /** The same values with every kind of weights mapped, once it is asked for. */
    public AttentionOutput mapWeights(UnaryOperator<Value> map) {
        return mapKinds(kind -> map.apply(weights(kind)));
    }

    /** The same values with other weights of every kind, by its name. */
    public AttentionOutput mapKinds(Function<String, Value> weightsOf) {
        AttentionOutput out = of(values);
        for (String kind : kinds()) {
            out = out.with(kind, () -> weightsOf.apply(kind));
        }
        return out;
    }

    /** The values read: one row for each query, such as {@code [B, N, width]}. */
    public Value values() {
        return values;
    }

    /**
     * The attention weights of a mechanism with one kind of them.
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
     * The attention weights of one kind.
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

    /** The kinds of weights, in the order they are computed in. */
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
