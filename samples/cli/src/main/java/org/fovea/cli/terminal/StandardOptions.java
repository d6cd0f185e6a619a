package org.fovea.cli.terminal;

import picocli.CommandLine.Option;

/** Options of every command. */
public final class StandardOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Option(
            names = {"-v", "--verbose"},
            description = "Says more on the standard error: timings, and the stack of an error.")
    private boolean verbose;

    public boolean isVerbose() {
        return verbose;
    }
}
