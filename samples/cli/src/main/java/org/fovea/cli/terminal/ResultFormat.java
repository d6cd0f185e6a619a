package org.fovea.cli.terminal;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option of commands that print one result, for people or for programs. */
public final class ResultFormat {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format.Single format;

    public boolean isJson() {
        return format == Format.Single.JSON;
    }

    /** Prints and flushes a line that is meant for people only. */
    public void say(PrintWriter out, String line) {
        if (!isJson()) {
            out.println(line);
            out.flush();
        }
    }
}
