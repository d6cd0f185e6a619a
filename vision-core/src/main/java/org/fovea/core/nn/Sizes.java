package org.fovea.core.nn;

/** The one check that blocks make of their sizes. */
final class Sizes {
    private Sizes() {}

    static void positive(String what, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + size);
        }
    }
}
