package org.fovea.core.graph;

/** The functions of one real number. */
public enum UnaryKind {
    /** -x. */
    NEGATE,
    /** |x|; derivative sign(x). */
    ABS,
    /** e^x. */
    EXP,
    /** Natural logarithm. */
    LOG,
    /** Square root. */
    SQRT,
    /** 1/x. */
    RECIPROCAL,
    /** x². */
    SQUARE,
    /** Hyperbolic tangent. */
    TANH,
    /** 1/(1 + e^-x). */
    SIGMOID,
    /** max(x, 0); derivative 0 at 0. */
    RELU,
    /** x/(1 + e^-x), also called swish. */
    SILU,
    /** Softplus, log(1 + e^x), without overflow. */
    SOFTPLUS,
    /** Error function, 2/√π ∫₀ˣ e^-t² dt. */
    ERF,
    /** Sine. */
    SIN,
    /** Cosine. */
    COS,
    /** -1, 0 or 1; derivative 0. */
    SIGN;

    /** Derivative dy/dx, as an expression of x and y. */
    Value derivative(Value x, Value y) {
        return switch (this) {
            case NEGATE -> x.graph().fill(-1);
            case ABS -> x.unary(SIGN);
            case EXP -> y;
            case LOG -> x.unary(RECIPROCAL);
            case SQRT -> y.unary(RECIPROCAL).affine(0.5, 0);
            case RECIPROCAL -> y.unary(SQUARE).affine(-1, 0);
            case SQUARE -> x.affine(2, 0);
            case TANH -> y.unary(SQUARE).affine(-1, 1);
            case SIGMOID -> y.multiply(y.affine(-1, 1));
            case RELU -> x.greater(x.graph().fill(0));
            case SILU -> {
                Value s = x.unary(SIGMOID);
                yield s.multiply(x.multiply(s.affine(-1, 1)).affine(1, 1));
            }
            case SOFTPLUS -> x.unary(SIGMOID);
            case ERF -> x.unary(SQUARE).affine(-1, 0).unary(EXP).affine(2 / Math.sqrt(Math.PI), 0);
            case SIN -> x.unary(COS);
            case COS -> x.unary(SIN).affine(-1, 0);
            case SIGN -> x.graph().fill(0);
        };
    }
}
