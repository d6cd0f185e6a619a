package org.fovea.cli.doctor;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A library, loaded or not.
 *
 * @param said versions if the library loads, else the error
 * @param cure advice if the library does not load
 */
public record LibraryCheck(String library, double millis, String said, Optional<String> cure) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Loads a library and reports its version. */
    public static LibraryCheck of(String library, Supplier<String> load, String cure) {
        long start = System.nanoTime();
        String said;
        boolean loads = true;
        try {
            said = load.get();
        } catch (LinkageError | RuntimeException e) {
            Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
            said = "does not load: " + cause;
            loads = false;
        }
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        return new LibraryCheck(library, millis, said, loads ? Optional.empty() : Optional.of(cure));
    }

    boolean loads() {
        return cure.isEmpty();
    }
}
