package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Affine;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.DropoutMask;
import org.fovea.core.graph.Fill;
import org.fovea.core.graph.Select;
import org.fovea.core.graph.Unary;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Functions of each element by itself. */
final class ElementwiseKernels {
    private ElementwiseKernels() {}

    static INDArray fill(Fill op, Call call) {
        return Nd4j.valueArrayOf(new long[] {op.shape().size()}, op.number(), call.real());
    }

    static INDArray affine(Affine op, Call call) {
        return call.vector(0).mul(op.scale()).addi(op.shift());
    }

    static INDArray unary(Unary op, Call call) {
        INDArray x = call.vector(0);
        return switch (op.kind()) {
            case NEGATE -> x.neg();
            case ABS -> Transforms.abs(x, true);
            case EXP -> Transforms.exp(x, true);
            case LOG -> Transforms.log(x, true);
            case SQRT -> Transforms.sqrt(x, true);
            case RECIPROCAL -> x.rdiv(1);
            case SQUARE -> x.mul(x);
            case TANH -> Transforms.tanh(x, true);
            case SIGMOID -> Transforms.sigmoid(x, true);
            case RELU -> Transforms.max(x, 0, true);
            case SILU -> Transforms.sigmoid(x, true).muli(x);
            case SOFTPLUS -> softplus(call, x);
            case ERF -> Nd4jKernels.erf(x);
            case SIN -> Transforms.sin(x, true);
            case COS -> Transforms.cos(x, true);
            case SIGN -> Transforms.sign(x, true);
        };
    }

    /** Softplus as max(x, 0) + log(1 + e^-|x|), since ND4J's own overflows. */
    private static INDArray softplus(Call call, INDArray x) {
        INDArray small = call.temp(Transforms.abs(x, true)).negi();
        Transforms.log(Transforms.exp(small, false).addi(1), false);
        return Transforms.max(x, 0, true).addi(small);
    }

    static INDArray binary(Binary op, Call call) {
        Shape a = call.shape(0);
        Shape b = call.shape(1);
        Shape y = call.result(0);
        if (a.equals(y) && !b.equals(y)) {
            INDArray quick = byVector(op.kind(), call, b, y);
            if (quick != null) {
                return quick;
            }
        }
        return apply(
                op.kind(),
                call,
                Broadcasting.expand(call, call.vector(0), a, y),
                Broadcasting.expand(call, call.vector(1), b, y));
    }

    private static INDArray apply(BinaryKind kind, Call call, INDArray a, INDArray b) {
        return switch (kind) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.sub(b);
            case MULTIPLY -> a.mul(b);
            case DIVIDE -> a.div(b);
            case MAXIMUM -> Transforms.max(a, b, true);
            case MINIMUM -> Transforms.min(a, b, true);
            case GREATER -> call.temp(a.gt(b)).castTo(call.real());
            case EQUAL -> call.temp(a.eq(b)).castTo(call.real());
        };
    }

    /** Sums and products with a single row or column, for which ND4J has fast kernels; null for other operands. */
    private static INDArray byVector(BinaryKind kind, Call call, Shape from, Shape to) {
        INDArray v = call.vector(1);
        long length = v.length();
        if (Broadcasting.isRow(from, to)) {
            INDArray a = call.view(0, to.size() / length, length);
            return switch (kind) {
                case ADD -> a.addRowVector(v);
                case SUBTRACT -> a.subRowVector(v);
                case MULTIPLY -> a.mulRowVector(v);
                case DIVIDE -> a.divRowVector(v);
                default -> null;
            };
        }
        if (Broadcasting.isColumn(from, to)) {
            INDArray a = call.view(0, length, to.size() / length);
            return switch (kind) {
                case ADD -> a.addColumnVector(v);
                case SUBTRACT -> a.subColumnVector(v);
                case MULTIPLY -> a.mulColumnVector(v);
                case DIVIDE -> a.divColumnVector(v);
                default -> null;
            };
        }
        return null;
    }

    /** Selects on the host, since ND4J's {@code where} exchanges the two branches. */
    static INDArray select(Select op, Call call) {
        double[][] operands = new double[3][];
        for (int i = 0; i < 3; i++) {
            operands[i] = Nd4jTensors.doubles(Broadcasting.expand(call, call.vector(i), call.shape(i), call.result(0)));
        }
        double[] y = operands[2];
        for (int i = 0; i < y.length; i++) {
            y[i] = operands[0][i] != 0 ? operands[1][i] : y[i];
        }
        return call.make(y, y.length);
    }

    static INDArray dropout(Dropout op, Call call) {
        DropoutMask mask = new DropoutMask(op, call.ints(1)[0]);
        double[] y = call.doubles(0);
        for (int i = 0; i < y.length; i++) {
            y[i] = mask.keeps(i) ? y[i] / (1 - op.rate()) : 0;
        }
        return call.make(y, y.length);
    }
}
