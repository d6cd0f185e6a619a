package org.fovea.server.queue;

import java.util.List;
import java.util.function.Supplier;

/**
 * An input that waits to be computed.
 *
 * @param <P> type of the input
 * @param <R> type of the result
 */
public record Work<P, R>(Batch<P, R> batch, P input) {
    /** Work that is not batched with other work. */
    public static <R> Work<Supplier<R>, R> single(Supplier<R> compute) {
        return new Work<>(new Single<>(), compute);
    }

    private static final class Single<R> implements Batch<Supplier<R>, R> {
        @Override
        public int most() {
            return 1;
        }

        @Override
        public List<R> compute(List<Supplier<R>> inputs) {
            return inputs.stream().map(Supplier::get).toList();
        }
    }
}
