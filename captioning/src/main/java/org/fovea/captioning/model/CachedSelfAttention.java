package org.fovea.captioning.model;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * {@link org.fovea.core.nn.MultiHeadSelfAttention} over the words so far, whose keys and values are kept in states.
 *
 * @param state prefix of the states' names
 * @param slots {@code [T]}, places of the new words
 * @param capacity words that the states hold
 */
record CachedSelfAttention(String state, Value slots, int capacity, int heads) implements SelfAttention {
    static String keys(String state) {
        return state + ".keys";
    }

    static String values(String state) {
        return state + ".values";
    }

    @Override
    public AttentionOutput build(Scope scope, Value tokens, Value... biases) {
        int width = tokens.shape().dim(2);
        Value qkv = new LinearLayer(3 * width, true).build(scope.child("qkv"), tokens); // [rows, T, 3·width]
        Value q = Heads.split(qkv.slice(2, 0, width), heads); // [rows, heads, T, D]
        Value k = grown(keys(state), Heads.split(qkv.slice(2, width, 2 * width), heads)); // [rows, heads, capacity, D]
        Value v = grown(values(state), Heads.split(qkv.slice(2, 2 * width, 3 * width), heads));
        AttentionOutput read =
                ScaledDotProduct.ofHeadWidth(width / heads).build(scope, q, k, v, biases); // [rows, heads, T, D]
        return read.withValues(new LinearLayer(width, true).build(scope.child("output"), Heads.join(read.values())));
    }

    private Value grown(String name, Value fresh) {
        Graph graph = fresh.graph();
        int[] sizes = fresh.shape().toArray();
        sizes[2] = capacity;
        Value kept = graph.cache(name, sizes);
        Value next = kept.scatterUpdate(2, slots, fresh);
        graph.update(kept, next);
        return next;
    }
}
