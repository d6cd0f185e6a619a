package org.fovea.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
final class StandardOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Option(
            names = {"-v", "--verbose"},
            description = "Says more on the standard error: timings, and the stack of an error.")
    private boolean verbose;

    boolean isVerbose() {
        return verbose;
    }
}
