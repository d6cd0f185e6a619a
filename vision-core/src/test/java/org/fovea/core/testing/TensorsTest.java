package org.fovea.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The comparison itself: what it must not let pass. */
class TensorsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void assertClosePassesWithinTheTolerance() {
        Tensors.assertClose(of(1, 100, INFINITY), of(1.01, 101, INFINITY), 0.02);
    }

    @Test
    void assertCloseReportsTheWorstElement() {
        assertEquals(
                "logits: 2 of 4 elements differ by more than 0.5; worst error 2.0 at index [1, 0]: expected 1.0, got 3.0",
                failure(of(0, 1, 1, 0).reshape(2, 2), of(1, 1, 3, 0).reshape(2, 2)));
    }

    @Test
    void assertCloseFailsOnWhatIsNoNumber() {
        assertTrue(failure(of(1, 2), of(1, Double.NaN)).contains("got NaN"));
        assertTrue(failure(of(1, Double.NaN), of(1, 2)).contains("expected NaN"));
        assertTrue(failure(of(INFINITY), of(-INFINITY)).contains("got -Infinity"));
        assertTrue(failure(of(INFINITY), of(1)).contains("got 1.0"));
        assertTrue(failure(of(1, 2), of(1, 2).reshape(1, 2)).contains("shape must be [2]"));
    }

    private static Tensor of(double... values) {
        return Tensor.of(values, values.length);
    }

    private static String failure(Tensor expected, Tensor actual) {
        return assertThrows(AssertionError.class, () -> Tensors.assertClose("logits", expected, actual, 0.5))
                .getMessage();
    }
}
