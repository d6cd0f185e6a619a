package org.fovea.cli.terminal;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells, where {@code --verbose} asks for it, how long each step took. */
public final class StopWatch {
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintWriter err;
    private final boolean verbose;
    private long last = System.nanoTime();

    public StopWatch(PrintWriter err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** Ends a step and prints its time. */
    public void step(String done) {
        long now = System.nanoTime();
        if (verbose) {
            err.println(String.format(Locale.ROOT, "fovea: %8.1f ms  %s", (now - last) / NANOS_PER_MILLI, done));
            err.flush();
        }
        last = now;
    }
}
