package org.fovea.core.nn;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/** Keys and values that tokens attend to: those of the tokens at hand, or those of earlier runs with them. */
@FunctionalInterface
public interface KeyValueCache {
    /** No cache: only the current tokens, for a whole sequence in one pass. */
    KeyValueCache NONE = (name, rows) -> rows;

    /**
     * Adds the operations that remember rows.
     *
     * @param name full name of the state
     * @param rows {@code [B, heads, N, D]}, keys or values of the current tokens
     * @return {@code [B, heads, M, D]}, keys or values of all tokens that may be attended to
     */
    Value extend(String name, Value rows);

    /**
     * Creates a cache that concatenates all rows of the same name so far: for steps that are unrolled in one graph, and
     * differentiable.
     */
    static KeyValueCache growing() {
        Map<String, Value> known = new HashMap<>();
        return (name, rows) -> known.merge(name, rows, (earlier, now) -> earlier.concat(2, now));
    }

    /**
     * Creates a cache in a state of the graph that is written at given slots.
     *
     * @param capacity number of slots
     * @param slots {@code [N]}, slot indices of the current tokens
     */
    static KeyValueCache of(int capacity, Value slots) {
        Graph graph = slots.graph();
        return (name, rows) -> {
            int[] sizes = rows.shape().toArray();
            Value cache = graph.cache(name, sizes[0], sizes[1], capacity, sizes[3]);
            Value all = cache.scatterUpdate(2, slots, rows); // [B, heads, capacity, D]
            graph.update(cache, all);
            return all;
        };
    }
}
