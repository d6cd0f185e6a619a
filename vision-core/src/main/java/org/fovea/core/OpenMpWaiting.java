package org.fovea.core;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Short waits between OpenMP's threads. By default they wait for each other actively and so long that beside other work every
 * operation costs a time slice. GNU's OpenMP library reads from the environment how long to wait, when it is loaded: the launcher
 * sets the variable before Java starts, and for programs without it {@link #prepare} does, before the first library that brings
 * OpenMP. Both backends call it; programs that use ND4J before them can call it first. Java's copy of the environment, which child
 * processes get, stays as it is. Thread-safe.
 *
 * @see <a href="https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html">libgomp, GOMP_SPINCOUNT</a>
 */
public final class OpenMpWaiting {
    private static final String SPIN_COUNT = "GOMP_SPINCOUNT";
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final String SHORT = "1000"; // as in the launcher: enough to keep the speed of an idle machine
    private static final String ADVICE =
            "set " + SPIN_COUNT + "=" + SHORT + " before Java starts where other work runs beside";

    private OpenMpWaiting() {}

    private static final class Holder {
        static final String STATE = shorten();
    }

    /** Sets the variable, once in a process, unless the environment defines how to wait or it is too late. */
    public static void prepare() {
        if (given().isEmpty()) { // otherwise nothing is loaded, so that starts from the launcher stay short
            state();
        }
    }

    /** Line that describes how threads wait, with advice if that could not be set. */
    public static String state() {
        return Holder.STATE;
    }

    private static String shorten() {
        if (given().isPresent()) {
            return given().get() + "=" + System.getenv(given().get()) + ", from the environment";
        }
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return "not set: left to the OpenMP library of " + system;
        }
        if (isLoaded()) {
            return "not set: another library has loaded OpenMP before; " + ADVICE;
        }
        try {
            int failed =
                    NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {SPIN_COUNT, SHORT, 0});
            return failed == 0 ? SPIN_COUNT + "=" + SHORT + ", set from Java" : "not set: setenv fails; " + ADVICE;
        } catch (LinkageError | RuntimeException e) {
            return "not set: JNA does not work here, " + e + "; " + ADVICE;
        }
    }

    /** Environment variable that defines how to wait, if any. */
    private static Optional<String> given() {
        if (System.getenv(SPIN_COUNT) != null) {
            return Optional.of(SPIN_COUNT);
        }
        return System.getenv(POLICY) != null ? Optional.of(POLICY) : Optional.empty();
    }

    /** Returns whether GNU's OpenMP library is loaded in this process. */
    private static boolean isLoaded() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.anyMatch(line -> line.contains("libgomp"));
        } catch (IOException | RuntimeException e) {
            return false; // at worst, setting the variable has no effect then
        }
    }
}
