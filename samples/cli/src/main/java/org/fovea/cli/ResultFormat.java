package org.fovea.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option of commands that print one result, for people or for programs. */
final class ResultFormat {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format.Single format;

    boolean isJson() {
        return format == Format.Single.JSON;
    }

    /** Prints a line that only people read, at once. */
    void say(PrintWriter out, String line) {
        if (!isJson()) {
            out.println(line);
            out.flush();
        }
    }
}
