package org.fovea.core.data;

import java.util.function.Function;
import org.fovea.core.image.ImageException;

/**
 * A result, or why there is none.
 *
 * @param <I> input
 * @param <R> result
 */
public sealed interface Outcome<I, R> {
    /** The input that this came of. */
    I input();

    /**
     * The result.
     *
     * @throws ImageException when there is none
     */
    R get();

    /** The outcome of a further step on a result; the step may throw an {@link ImageException} too. */
    <S> Outcome<I, S> map(Function<? super R, ? extends S> step);

    /** The outcome of a step, failed where it throws an {@link ImageException}. */
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
