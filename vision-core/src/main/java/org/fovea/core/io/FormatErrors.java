package org.fovea.core.io;

import java.nio.file.Path;
import org.fovea.core.ModelFormatException;

/** Errors about files in one form: file, part, rule, actual value, cure. */
public final class FormatErrors {
    private static final int MAX_SHOWN = 400;

    private FormatErrors() {}

    /** Error for a file that breaks a rule; the cure is a sentence. */
    public static ModelFormatException file(Path file, String rule, Object actual, String cure) {
        return file(file, rule, actual, cure, null);
    }

    /** Error for a file that breaks a rule, with its cause. */
    public static ModelFormatException file(Path file, String rule, Object actual, String cure, Exception cause) {
        return new ModelFormatException(file + ": " + rule + ", got " + shown(actual) + ". " + cure, cause);
    }

    /** Error for a tensor of a file that breaks a rule. */
    public static ModelFormatException tensor(Path file, String tensor, String rule, Object actual, String cure) {
        return file(file, "tensor '" + shown(tensor) + "': " + rule, actual, cure);
    }

    /** Error for a file that cannot be read; {@code what} was attempted. */
    public static ModelFormatException io(Path file, String what, Exception cause) {
        return new ModelFormatException(
                file + ": " + what + " failed: " + cause + ". Check that the file exists, is readable and is local.",
                cause);
    }

    /** Text from a file in a form that is safe for a terminal: shortened, without control characters. */
    public static String shown(Object value) {
        String text = String.valueOf(value);
        String clipped = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        return clipped.replaceAll("\\p{Cntrl}", " ");
    }
}
