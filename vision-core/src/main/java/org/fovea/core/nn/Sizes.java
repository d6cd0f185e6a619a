package org.fovea.core.nn;

/** The one check that blocks make of their sizes. */
public final class Sizes {
    private Sizes() {}

    /**
     * Checks a size.
     *
     * @param what the block and the size, for the error
     * @throws IllegalArgumentException when it is less than 1
     */
    public static void positive(String what, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + size);
        }
    }
}
