package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.tensor.Nd4jKernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The three functions called GELU, by their formulas: those ND4J has under the name are none of them. */
final class GeluKernels {
    private static final double QUICK = 1.702;
    private static final double CUBE = 0.044715;
    private static final double SLOPE = Math.sqrt(2 / Math.PI);
    private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

    private GeluKernels() {}

    static INDArray gelu(Gelu op, Call call) {
        INDArray x = call.vector(0);
        return switch (op.kind()) {
            case EXACT -> normalCdf(call, x).muli(x);
            case TANH -> tanh(call, x).addi(1).muli(0.5).muli(x);
            case QUICK -> Transforms.sigmoid(x.mul(QUICK), false).muli(x);
        };
    }

    static INDArray gradient(GeluGradient op, Call call) {
        INDArray x = call.vector(0);
        INDArray slope =
                switch (op.kind()) {
                    case EXACT -> exactSlope(call, x);
                    case TANH -> tanhSlope(call, x);
                    case QUICK -> quickSlope(call, x);
                };
        return slope.muli(call.vector(1));
    }

    private static INDArray normalCdf(Call call, INDArray x) {
        return Nd4jKernels.erf(call.temp(x.mul(Math.sqrt(0.5)))).addi(1).muli(0.5);
    }

    private static INDArray tanh(Call call, INDArray x) {
        INDArray u = x.mul(x).muli(CUBE).addi(1).muli(x).muli(SLOPE);
        return Transforms.tanh(u, false);
    }

    /** Derivative Φ(x) + x·φ(x). */
    private static INDArray exactSlope(Call call, INDArray x) {
        INDArray density = call.temp(x.mul(x)).muli(-0.5);
        Transforms.exp(density, false).muli(DENSITY).muli(x);
        return normalCdf(call, x).addi(density);
    }

    /** Derivative (1 + t)/2 + x/2·(1 - t²)·u' with t = tanh(u). */
    private static INDArray tanhSlope(Call call, INDArray x) {
        INDArray t = call.temp(tanh(call, x));
        INDArray inner = call.temp(x.mul(x)).muli(3 * CUBE).addi(1).muli(SLOPE); // u'
        INDArray rest = call.temp(t.mul(t)).rsubi(1).muli(inner).muli(x);
        return t.add(1).addi(rest).muli(0.5);
    }

    /** Derivative s + 1.702·x·s·(1 - s) with s = σ(1.702·x). */
    private static INDArray quickSlope(Call call, INDArray x) {
        INDArray s = call.temp(Transforms.sigmoid(x.mul(QUICK), false));
        return s.rsub(1).muli(x).muli(QUICK).addi(1).muli(s);
    }
}
