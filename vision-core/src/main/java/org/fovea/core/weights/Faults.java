package org.fovea.core.weights;

import java.nio.file.Path;
import org.fovea.core.ModelFormatException;

/** Builds the errors of this package in one form: file, tensor, rule, actual value, cure. */
final class Faults {
    private static final int MAX_SHOWN = 400;

    private Faults() {}

    static ModelFormatException file(Path file, String rule, Object actual, String cure) {
        return new ModelFormatException(file + ": " + rule + ", got " + shown(actual) + ". " + cure);
    }

    static ModelFormatException tensor(Path file, String tensor, String rule, Object actual, String cure) {
        return new ModelFormatException(
                file + ": tensor '" + shown(tensor) + "': " + rule + ", got " + shown(actual) + ". " + cure);
    }

    static ModelFormatException io(Path file, String what, Exception cause) {
        return new ModelFormatException(
                file + ": " + what + " failed: " + cause + ". Check that the file exists, is readable and is local.",
                cause);
    }

    /** Text from a file made fit for a terminal: clipped, without control characters. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        String clipped = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        return clipped.replaceAll("\\p{Cntrl}", "?");
    }
}
