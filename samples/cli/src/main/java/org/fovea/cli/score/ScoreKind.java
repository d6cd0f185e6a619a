package org.fovea.cli.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A kind of {@code fovea score}. The members of kinds name no class of their tasks' modules: every command reads them when it
 * starts.
 */
abstract class ScoreKind implements Callable<Integer> {
    /** Position of a subcommand's own options in the help, before the shared ones, which have no explicit order. */
    static final int OWN = -2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    /** Scores in the form in which they are printed. */
    abstract String scores(boolean json) throws IOException;

    @Override
    public final Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(scores(format.isJson()));
        out.flush();
        return ExitCode.DONE;
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
