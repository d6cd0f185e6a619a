package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;

/** Application of a mechanism to many sequences, some at a time, so that what it holds in between stays small. */
final class Chunked {
    /** Maximum number of values held at the same time: 64 MiB in single precision. */
    private static final long MOST = 1L << 24;

    private Chunked() {}

    /**
     * Applies a mechanism to chunks of the sequences along the first axis.
     *
     * @param each number of values that the mechanism holds for one sequence
     */
    static AttentionOutput of(Value x, long each, Function<Value, AttentionOutput> mechanism) {
        int count = x.shape().dim(0);
        int size = (int) Math.max(1, Math.min(count, MOST / Math.max(1, each)));
        List<AttentionOutput> parts = new ArrayList<>();
        for (int begin = 0; begin < count; begin += size) {
            int end = Math.min(count, begin + size);
            parts.add(mechanism.apply(end - begin == count ? x : x.slice(0, begin, end)));
        }
        return join(0, parts.toArray(AttentionOutput[]::new));
    }

    /** Concatenates values, and weights of every kind, along an axis. */
    static AttentionOutput join(int axis, AttentionOutput... parts) {
        List<AttentionOutput> all = List.of(parts);
        return parts[0].withValues(
                        join(axis, all.stream().map(AttentionOutput::values).toList()))
                .mapKinds(kind ->
                        join(axis, all.stream().map(p -> p.weights(kind)).toList()));
    }

    /** Concatenates values along an axis. */
    static Value join(int axis, List<Value> parts) {
        Value first = parts.get(0);
        return parts.size() == 1
                ? first
                : first.concat(axis, parts.subList(1, parts.size()).toArray(Value[]::new));
    }
}
