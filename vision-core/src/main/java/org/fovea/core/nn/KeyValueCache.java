package org.fovea.core.nn;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/** Keys and values that tokens attend to: those of the tokens at hand, or those of earlier runs with them. */
@FunctionalInterface
public interface KeyValueCache {
    /** Nothing but the tokens at hand: a whole sequence in one pass. */
    KeyValueCache NONE = (name, rows) -> rows;

    /**
     * Adds what is needed to remember rows.
     *
     * @param name full name of the state
     * @param rows {@code [B, heads, N, D]}, keys or values of the tokens at hand
     * @return {@code [B, heads, M, D]}, of all tokens that may be attended to
     */
    Value extend(String name, Value rows);

    /** All rows of the same name so far, one after the other: for steps that are unrolled in one graph, and have a derivative. */
    static KeyValueCache growing() {
        Map<String, Value> known = new HashMap<>();
        return (name, rows) -> known.merge(name, rows, (earlier, now) -> earlier.concat(2, now));
    }

    /**
     * A state of the graph that is written at given places.
     *
     * @param capacity number of places
     * @param slots {@code [N]}, indices of the places of the tokens at hand
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
