package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;

/** A mechanism over many sequences, some at a time, so that what it holds in between stays small. */
final class Portions {
    /** Numbers held at once: 64 MiB in single precision. */
    private static final long MOST = 1L << 24;

    private Portions() {}

    /**
     * Applies a mechanism to sequences along the first axis.
     *
     * @param each numbers that the mechanism holds for one sequence
     */
    static Attended of(Value x, long each, Function<Value, Attended> mechanism) {
        int count = x.shape().dim(0);
        int size = (int) Math.max(1, Math.min(count, MOST / Math.max(1, each)));
        List<Attended> parts = new ArrayList<>();
        for (int begin = 0; begin < count; begin += size) {
            int end = Math.min(count, begin + size);
            parts.add(mechanism.apply(end - begin == count ? x : x.slice(0, begin, end)));
        }
        boolean kept = parts.get(0).weights().isPresent();
        return new Attended(
                join(0, parts.stream().map(Attended::values).toList()),
                kept
                        ? Optional.of(join(
                                0,
                                parts.stream()
                                        .flatMap(p -> p.weights().stream())
                                        .toList()))
                        : Optional.empty());
    }

    /** Values one after the other along an axis. */
    static Value join(int axis, List<Value> parts) {
        Value first = parts.get(0);
        return parts.size() == 1
                ? first
                : first.concat(axis, parts.subList(1, parts.size()).toArray(Value[]::new));
    }
}
