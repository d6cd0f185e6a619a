package org.fovea.cli.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Connections of the standard streams. Java knows this only of all streams together; the launcher says it of each in
 * the system property {@value #TERMINALS}.
 */
public final class Screen {
    private static final String TERMINALS = "fovea.terminals";

    private Screen() {}

    public static boolean isOut() {
        return isTerminal("out");
    }

    public static boolean isErr() {
        return isTerminal("err");
    }

    private static boolean isTerminal(String stream) {
        String known = System.getProperty(TERMINALS);
        return known == null ? System.console() != null : known.contains(stream);
    }

    /** Charset of the terminal, or UTF-8 without one. */
    public static Charset charset() {
        Console console = System.console();
        return console == null ? StandardCharsets.UTF_8 : console.charset();
    }
}
