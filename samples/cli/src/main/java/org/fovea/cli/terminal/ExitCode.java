package org.fovea.cli.terminal;

/** Exit codes of the process; {@code fovea --help} lists them. */
public final class ExitCode {
    public static final int DONE = 0;
    /** Failure of an input, a checkpoint, a file or a library. */
    public static final int FAILED = 1;

    public static final int USAGE = 2;
    /** Exit code that shells report for a process that died of SIGPIPE. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
