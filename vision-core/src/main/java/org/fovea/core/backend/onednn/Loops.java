package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import org.fovea.core.graph.UnaryKind;

/** Small loops in Java that several lowerings use. */
final class Loops {
    private Loops() {}

    /** Sets every element. */
    static void fill(Lowering to, View view, float value) {
        if (view.type() == ElementType.F32) {
            to.loop(arrays -> fill(arrays.floats(0), value), view);
        } else {
            View floats = to.temporary(ElementType.F32, view.sizes());
            fill(to, floats, value);
            to.copy(floats, view);
        }
    }

    static void fill(FloatBuffer buffer, float value) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, value);
        }
    }

    /** Computes functions that oneDNN lacks. */
    static void unary(UnaryKind kind, FloatBuffer x, FloatBuffer y) {
        for (int i = 0; i < x.capacity(); i++) {
            double v = x.get(i);
            y.put(i, (float)
                    switch (kind) {
                        case ERF -> erf(v);
                        case SIN -> Math.sin(v);
                        case COS -> Math.cos(v);
                        case SIGN -> Math.signum(v);
                        default -> throw new IllegalStateException("oneDNN has " + kind);
                    });
        }
    }

    /** Error function by Kummer's series, accurate to rounding in single precision. */
    private static double erf(double x) {
        double t = Math.abs(x);
        if (!(t < 6)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = t;
        double sum = t;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= 2 * t * t / (2 * n + 1);
            sum += term;
        }
        return Math.signum(x) * 2 / Math.sqrt(Math.PI) * Math.exp(-t * t) * sum;
    }
}
