package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Arrays;
import org.bytedeco.dnnl.binary;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/**
 * Functions of two numbers.
 *
 * <p>oneDNN has fast kernels for few patterns of broadcasting. Neighboring axes along which an operand is repeated, or
 * not, are joined first, which brings most to one of those; an operand that no kernel repeats is repeated in memory.
 */
final class BinaryLowering {
    private static final String SLOW = "ref";

    private BinaryLowering() {}

    static void binary(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        View a = to.as(ElementType.F32, to.of(node.input(0)));
        View b = to.as(ElementType.F32, to.of(node.input(1)));
        algorithm kind = algorithm(((Binary) node.op()).kind());
        if (out.shape().size() > 0 && sameMemoryOrder(a, b)) {
            View y = to.resultLike(a, out);
            combine(to, kind, a.flat(), b.flat(), y.flat());
            return;
        }
        int rank = Math.max(1, out.shape().rank());
        View y = to.result(out);
        if (y.count() > 0) {
            dense(to, node, kind, to.dense(a).withRank(rank), to.dense(b).withRank(rank), y.withRank(rank));
        }
    }

    private static boolean sameMemoryOrder(View a, View b) {
        return Arrays.equals(a.sizes(), b.sizes()) && Arrays.equals(a.strides(), b.strides()) && a.isPacked();
    }

    private static void dense(Lowering to, Node node, algorithm kind, View first, View second, View y) {
        View a = first;
        View b = second;
        if (isCommutative(((Binary) node.op()).kind())
                && !Arrays.equals(a.sizes(), y.sizes())
                && Arrays.equals(b.sizes(), y.sizes())) {
            a = second;
            b = first;
        }
        combine(to, kind, LayoutLowering.expand(to, a, y.sizes()), b, y);
    }

    private static boolean isCommutative(BinaryKind kind) {
        return kind != BinaryKind.SUBTRACT && kind != BinaryKind.DIVIDE && kind != BinaryKind.GREATER;
    }

    /** Computes y = f(a, b) over dense views of the same rank, with b repeated to a's sizes. */
    static void combine(Lowering to, algorithm kind, View a, View b, View y) {
        int[][] joined = JoinedAxes.of(a.sizes(), b.sizes());
        View x = a.reshape(joined[0]);
        View z = y.reshape(joined[0]);
        View repeated = b.reshape(joined[1]);
        binary.primitive_desc description = description(to, kind, x, repeated, z);
        if (description.impl_info_str().getString().startsWith(SLOW)) {
            repeated = LayoutLowering.expand(to, repeated, joined[0]);
            description = description(to, kind, x, repeated, z);
        }
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC_0, x),
                Step.Arg.of(DNNL_ARG_SRC_1, repeated),
                Step.Arg.of(DNNL_ARG_DST, z));
    }

    private static binary.primitive_desc description(Lowering to, algorithm kind, View a, View b, View y) {
        return new binary.primitive_desc(
                to.runtime.engine, kind, a.desc(), b.desc(), y.desc(), Lowering.attributes(), false);
    }

    private static algorithm algorithm(BinaryKind kind) {
        return switch (kind) {
            case ADD -> algorithm.binary_add;
            case SUBTRACT -> algorithm.binary_sub;
            case MULTIPLY -> algorithm.binary_mul;
            case DIVIDE -> algorithm.binary_div;
            case MAXIMUM -> algorithm.binary_max;
            case MINIMUM -> algorithm.binary_min;
            case GREATER -> algorithm.binary_gt;
            case EQUAL -> algorithm.binary_eq;
        };
    }
}
