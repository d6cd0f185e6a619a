package org.fovea.core.data;

import java.util.function.Function;
import org.fovea.core.image.ImageException;

/**
 * A result, or why there is none.
 *
 * @param <I> type of the input
 * @param <R> type of the result
 */
public sealed interface Outcome<I, R> {
    /** Input of this outcome. */
    I input();

    /**
     * Result of the input.
     *
     * @throws ImageException when the input failed
     */
    R get();

    /** Applies a further step to the result; the step may throw an {@link ImageException} too. */
    <S> Outcome<I, S> map(Function<? super R, ? extends S> step);

    /** Outcome of a step, failed if it throws an {@link ImageException}. */
    static <I, R> Outcome<I, R> of(I input, Function<? super I, ? extends R> step) {
        try {
            return new Done<>(input, step.apply(input));
        } catch (ImageException e) {
            return new Failed<>(input, e);
        }
    }

    /** A result. */
    record Done<I, R>(I input, R get) implements Outcome<I, R> {
        @Override
        public <S> Outcome<I, S> map(Function<? super R, ? extends S> step) {
            return of(input, i -> step.apply(get));
        }
    }

    /** No result; other inputs do not suffer. */
    record Failed<I, R>(I input, ImageException failure) implements Outcome<I, R> {
        @Override
        public R get() {
            throw failure;
        }

        @Override
        public <S> Outcome<I, S> map(Function<? super R, ? extends S> step) {
            return new Failed<>(input, failure);
        }
    }
}
