package org.fovea.core.testing;

import java.util.Arrays;
import java.util.Map;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Comparisons of tensors, written so that NaN fails. */
public final class Tensors {
    private Tensors() {}

    /**
     * Fails unless every element is within {@code tolerance·max(1, |expected|)} of the expected one; equal infinities
     * are close. The text gives index, expected, actual and worst error.
     */
    public static void assertClose(Tensor expected, Tensor actual, double tolerance) {
        assertClose("", expected, actual, tolerance);
    }

    /** As {@link #assertClose(Tensor, Tensor, double)}, with words that say which comparison this is. */
    public static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
        if (!expected.shape().equals(actual.shape())) {
            throw new AssertionError(what + ": shape must be " + expected.shape() + ", got " + actual.shape());
        }
        double[] e = expected.toDoubles();
        double[] a = actual.toDoubles();
        int worst = -1;
        double worstError = 0;
        int bad = 0;
        for (int i = 0; i < e.length; i++) {
            double error = e[i] == a[i] ? 0 : Math.abs(e[i] - a[i]) / Math.max(1, Math.abs(e[i]));
            boolean close = error <= tolerance;
            bad += close ? 0 : 1;
            if (!close && (worst < 0 || !(error <= worstError))) {
                worst = i;
                worstError = error;
            }
        }
        if (bad > 0) {
            throw new AssertionError(what + ": " + bad + " of " + e.length + " elements differ by more than "
                    + tolerance
                    + "; worst error " + worstError + " at index " + index(worst, expected.shape()) + ": expected "
                    + e[worst] + ", got " + a[worst]);
        }
    }

    /** As {@link #assertClose(Tensor, Tensor, double)} for a plain list of expected numbers. */
    public static void assertClose(double[] expected, Tensor actual, double tolerance) {
        assertClose("", Tensor.of(expected, actual.shape().toArray()), actual, tolerance);
    }

    /** Compares tensors of the same names; whole numbers must be equal. */
    public static void assertClose(
            String what, Map<String, Tensor> expected, Map<String, Tensor> actual, double tolerance) {
        if (!expected.keySet().equals(actual.keySet())) {
            throw new AssertionError(what + ": names must be " + expected.keySet() + ", got " + actual.keySet());
        }
        expected.forEach((name, tensor) -> {
            boolean whole = tensor.dtype() == DType.I32 || tensor.dtype() == DType.I64;
            assertClose(what + " " + name, tensor, actual.get(name), whole ? 0 : tolerance);
        });
    }

    private static String index(int position, Shape shape) {
        int[] out = new int[shape.rank()];
        for (int i = out.length - 1; i >= 0; i--) {
            out[i] = position % shape.dim(i);
            position /= shape.dim(i);
        }
        return Arrays.toString(out);
    }
}
