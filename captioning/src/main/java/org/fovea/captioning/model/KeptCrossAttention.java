package org.fovea.captioning.model;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.CrossAttention;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;

/**
 * {@link org.fovea.core.nn.MultiHeadAttention} to places whose keys and values were computed once, in states.
 *
 * @param state prefix of the states' names
 */
record KeptCrossAttention(String state, Size size) implements CrossAttention {
    /**
     * Sizes.
     *
     * @param rows captions, a multiple of the images
     */
    record Size(int images, int rows, int places, int width, int heads) {}

    /** Adds keys and values and keeps them. */
    static void keep(Scope scope, Value memory, String state, int width) {
        for (String part : new String[] {"key", "value"}) {
            Value next = new LinearLayer(width, true).build(scope.child(part).enter(), memory); // [B, L, width]
            Graph graph = memory.graph();
            graph.update(graph.cache(state + "." + part, next.shape().toArray()), next);
        }
    }

    @Override
    public AttentionOutput build(Scope scope, Value queries, Value memory, Value... biases) {
        Value q = Heads.split(new LinearLayer(size.width, true).build(scope.child("query"), queries), size.heads);
        Value k = kept(scope.graph(), "key"); // [rows, heads, L, D]
        Value v = kept(scope.graph(), "value");
        AttentionOutput read =
                ScaledDotProduct.ofHeadWidth(size.width / size.heads).build(scope, q, k, v, biases);
        return read.withValues(
                new LinearLayer(size.width, true).build(scope.child("output"), Heads.join(read.values())));
    }

    private Value kept(Graph graph, String part) {
        Value all = graph.cache(state + "." + part, size.images, size.places, size.width);
        return Heads.split(Repeat.rows(all, size.rows), size.heads);
    }
}
