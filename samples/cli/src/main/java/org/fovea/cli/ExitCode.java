package org.fovea.cli;

/** What the process ends with; {@code fovea --help} lists them. */
final class ExitCode {
    static final int DONE = 0;
    /** An input, a checkpoint, a file or a library failed. */
    static final int FAILED = 1;

    static final int USAGE = 2;
    /** What a shell reports of a process that died of SIGPIPE. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
