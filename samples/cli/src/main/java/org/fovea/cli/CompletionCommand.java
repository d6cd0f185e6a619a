package org.fovea.cli;

import java.io.PrintWriter;
import org.fovea.cli.terminal.StandardOptions;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea completion}. */
@Command(
        name = "completion",
        description = "Prints a script that lets bash and zsh complete fovea's commands and options.",
        footerHeading = "%nExample:%n",
        footer = "  source <(fovea completion)    here, or in ~/.bashrc")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StandardOptions standard;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("fovea", spec.root().commandLine()));
        out.flush();
    }
}
