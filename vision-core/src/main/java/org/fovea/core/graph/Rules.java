package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Shape;

/** Checks and shape arithmetic that shape rules share; every error names the operation, the rule and the types. */
final class Rules {
    private Rules() {}

    static void require(boolean holds, Op op, String rule, List<ValueType> types) {
        if (!holds) {
            throw new IllegalArgumentException(op + ": " + rule + ", got " + types);
        }
    }

    /** Checks that there are between {@code least} and {@code most} operands, all of real numbers. */
    static void reals(Op op, int least, int most, List<ValueType> types) {
        String count = least == most ? Integer.toString(least) : least + " to " + most;
        require(types.size() >= least && types.size() <= most, op, "takes " + count + " operands", types);
        require(types.stream().allMatch(t -> t.kind() == ElementKind.REAL), op, "operands must be real numbers", types);
    }

    static List<ValueType> real(Shape... shapes) {
        return Arrays.stream(shapes).map(ValueType::real).toList();
    }

    static Shape shape(List<ValueType> types, int index) {
        return types.get(index).shape();
    }

    /** Shape of an element-wise result under NumPy's broadcasting rule. */
    static Shape broadcast(Op op, Shape a, Shape b, List<ValueType> types) {
        int rank = Math.max(a.rank(), b.rank());
        int[] out = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i <= a.rank() ? a.dim(-i) : 1;
            int y = i <= b.rank() ? b.dim(-i) : 1;
            require(x == y || x == 1 || y == 1, op, "sizes of aligned axes must be equal or 1", types);
            out[rank - i] = x == 1 ? y : x;
        }
        return Shape.of(out);
    }

    /** Sums a gradient over the axes along which its value was broadcast. */
    static Value unbroadcast(Value gradient, Shape to) {
        Shape from = gradient.shape();
        if (from.equals(to)) {
            return gradient;
        }
        int extra = from.rank() - to.rank();
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < from.rank(); i++) {
            if (i < extra || (to.dim(i - extra) == 1 && from.dim(i) != 1)) {
                axes.add(i);
            }
        }
        Value summed =
                axes.isEmpty() ? gradient : gradient.graph().apply(new Reduce(ReduceKind.SUM, axes, true), gradient);
        return summed.reshape(to.toArray());
    }

    /** Checks that a number is above 0 and a normal number in float32, since a subnormal one could become a division by 0. */
    static void requireEpsilon(String op, double epsilon) {
        if (!(epsilon >= Float.MIN_NORMAL && epsilon <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    op + ": epsilon must lie in [1.2e-38, 3.4e38], above 0 in float32 too, got " + epsilon);
        }
    }

    static void noSecondOrder(Op op) {
        throw new UnsupportedOperationException(
                op + ": derivatives of derivatives are not built; differentiate the forward graph only");
    }

    static Shape concat(int[]... parts) {
        return Shape.of(Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray());
    }

    static int[] range(Shape shape, int from, int to) {
        return IntStream.range(from, to).map(shape::dim).toArray();
    }
}
