package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * A recurrent cell unrolled over a sequence.
 *
 * @param direction direction of reading
 */
public record Recurrence(RecurrentCell cell, Direction direction) {
    /** The end from which a sequence is read. */
    public enum Direction {
        /** From the first step to the last. */
        FORWARD,
        /** From the last step to the first. */
        BACKWARD,
        /** Both, with separate weights; the results are concatenated (Schuster and Paliwal 1997). */
        BOTH
    }

    /**
     * Results of the block.
     *
     * @param outputs {@code [B, T, width]}, {@code [B, T, 2·width]} for both directions; row t is the state after reading step
     *     t
     * @param last state after the last step that is read, for each direction
     */
    public record Result(Value outputs, List<CellState> last) {}

    /**
     * Adds the block and its weights, starting from zeros.
     *
     * @param x {@code [B, T, in]}
     */
    public Result build(Scope scope, Value x) {
        return read(scope, x, Optional.empty());
    }

    /**
     * Adds the block over sequences of several lengths: a masked step leaves the state unchanged.
     *
     * @param x {@code [B, T, in]}
     * @param seen {@code [B, T]} or {@code [1, T]}, nonzero for the steps to read
     * @throws IllegalArgumentException unless x has three axes
     */
    public Result build(Scope scope, Value x, Value seen) {
        return read(scope, x, Optional.of(seen));
    }

    private Result read(Scope scope, Value x, Optional<Value> seen) {
        Check.that(x.shape().rank() == 3, "Recurrence: x", "be [B, T, in]", x.shape());
        return switch (direction) {
            case FORWARD -> run(scope, x, seen, false);
            case BACKWARD -> run(scope, x, seen, true);
            case BOTH -> {
                Result forward = run(scope.child("forward"), x, seen, false);
                Result backward = run(scope.child("backward"), x, seen, true);
                yield new Result(
                        forward.outputs.concat(2, backward.outputs),
                        List.of(forward.last.get(0), backward.last.get(0)));
            }
        };
    }

    private Result run(Scope scope, Value x, Optional<Value> seen, boolean backward) {
        int batch = x.shape().dim(0);
        int steps = x.shape().dim(1);
        Value projected = cell.project(scope.enter(), x); // [B, T, gates·width]
        Scope step = scope.shared();
        CellState state = cell.start(x.graph(), batch);
        Value[] outputs = new Value[steps];
        for (int i = 0; i < steps; i++) {
            int t = backward ? steps - 1 - i : i;
            Value now = projected.slice(1, t, t + 1).reshape(batch, cell.gates() * cell.width());
            CellState before = state;
            CellState next = cell.advance(step, now, before);
            state = seen.map(all -> before.next(all.slice(1, t, t + 1), next)).orElse(next);
            outputs[t] = state.output().reshape(batch, 1, cell.width());
        }
        Value joined = outputs[0].concat(1, Arrays.copyOfRange(outputs, 1, steps)); // [B, T, width]
        return new Result(joined, List.of(state));
    }
}
