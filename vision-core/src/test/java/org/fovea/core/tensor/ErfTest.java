package org.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErfTest {
    /** Abramowitz and Stegun, table 7.1, and NIST DLMF 7.2 by high-precision evaluation. */
    @Test
    void erfGivesPublishedValues() {
        assertClose(0.11246291601828489, Erf.erf(0.1));
        assertClose(0.27632639016823693, Erf.erf(0.25));
        assertClose(0.5204998778130465, Erf.erf(0.5));
        assertClose(0.8427007929497149, Erf.erf(1));
        assertClose(0.9953222650189527, Erf.erf(2));
        assertClose(0.9999999845827421, Erf.erf(4));
        assertClose(-0.9999999998033839, Erf.erf(-4.5));
        assertEquals(0, Erf.erf(0));
        assertEquals(1, Erf.erf(Double.POSITIVE_INFINITY));
        assertEquals(-1, Erf.erf(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(Erf.erf(Double.NaN)));
    }

    /** The series Σ (-1)ⁿ x^(2n+1) / (n!(2n+1)), which converges well below 3. */
    @Test
    void erfAgreesWithItsSeries() {
        for (double x = -2.5; x <= 2.5; x += 0.01) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 80; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            double expected = 2 / Math.sqrt(Math.PI) * sum;
            assertEquals(expected, Erf.erf(x), 1e-13, "x = " + x);
        }
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 4e-16);
    }
}
