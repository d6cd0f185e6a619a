package org.fovea.cli.score;

import org.fovea.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea score}. */
@Command(
        name = "score",
        description = "Measures results against what people wrote.",
        synopsisSubcommandLabel = "KIND",
        commandListHeading = "%nKinds:%n",
        subcommands = {
            CaptionScoreCommand.class,
            AnswerScoreCommand.class,
            InstanceScoreCommand.class,
            MaskScoreCommand.class
        })
public final class ScoreCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StandardOptions standard;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a kind of results is needed, such as: fovea score captions FILE.jsonl");
    }
}
