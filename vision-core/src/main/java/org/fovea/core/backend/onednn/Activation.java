package org.fovea.core.backend.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.fovea.core.graph.Affine;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Unary;

/** The functions of one number that oneDNN has, with its two attributes. */
record Activation(algorithm kind, float alpha, float beta) {
    private static final float QUICK_GELU = 1.702f;

    /** Function of oneDNN for an operation, or null if it has none. */
    static Activation of(Op op) {
        if (op instanceof Affine a) {
            return new Activation(algorithm.eltwise_linear, (float) a.scale(), (float) a.shift());
        }
        if (op instanceof Gelu g) {
            return gelu(g.kind());
        }
        return switch (((Unary) op).kind()) {
            case NEGATE -> new Activation(algorithm.eltwise_linear, -1, 0);
            case ABS -> new Activation(algorithm.eltwise_abs, 0, 0);
            case EXP -> new Activation(algorithm.eltwise_exp, 0, 0);
            case LOG -> new Activation(algorithm.eltwise_log, 0, 0);
            case SQRT -> new Activation(algorithm.eltwise_sqrt, 0, 0);
            case RECIPROCAL -> new Activation(algorithm.eltwise_pow, 1, -1);
            case SQUARE -> new Activation(algorithm.eltwise_square, 0, 0);
            case TANH -> new Activation(algorithm.eltwise_tanh, 0, 0);
            case SIGMOID -> new Activation(algorithm.eltwise_logistic, 0, 0);
            case RELU -> new Activation(algorithm.eltwise_relu, 0, 0);
            case SILU -> new Activation(algorithm.eltwise_swish, 1, 0);
            case SOFTPLUS -> new Activation(algorithm.eltwise_soft_relu, 1, 0);
            case ERF, SIN, COS, SIGN -> null;
        };
    }

    static Activation gelu(GeluKind kind) {
        return switch (kind) {
            case EXACT -> new Activation(algorithm.eltwise_gelu_erf, 0, 0);
            case TANH -> new Activation(algorithm.eltwise_gelu_tanh, 0, 0);
            case QUICK -> new Activation(algorithm.eltwise_swish, QUICK_GELU, 0);
        };
    }
}
