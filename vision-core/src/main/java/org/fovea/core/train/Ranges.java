package org.fovea.core.train;

/** Checks of settings; each text says what, which rule and the actual value. */
final class Ranges {
    private Ranges() {}

    static void share(String what, double value) {
        require(value >= 0 && value < 1, what, "be at least 0 and below 1", value);
    }

    static void positive(String what, double value) {
        require(value > 0 && value <= Double.MAX_VALUE, what, "be finite and above 0", value);
    }

    static void notNegative(String what, double value) {
        require(value >= 0 && value <= Double.MAX_VALUE, what, "be finite and at least 0", value);
    }

    static void atLeast(long least, String what, long value) {
        require(value >= least, what, "be at least " + least, value);
    }

    private static void require(boolean holds, String what, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must " + rule + ", got " + value);
        }
    }
}
