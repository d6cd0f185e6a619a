package org.fovea.cli.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea score answers}. Its members name no class of visual question answering: every command reads them. */
@Command(
        name = "answers",
        description = {
            "The accuracy of answers about images, in percent, as the VQA challenge computes it: an answer is right as far",
            "as others gave it too, entirely from three of them on.",
            "",
            "Each line of FILE is a question: {\"answers\": [\"yes\", …], \"predicted\": \"yes\", \"answer_type\": \"yes/no\",",
            "\"question_type\": \"is there\"}, the types where they are to be told apart."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score answers vqa.jsonl --format json")
final class AnswerScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "JSON lines; - for the standard input.")
    private String file;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AnswerScoring.run(file, format.isJson()));
        out.flush();
        return ExitCode.DONE;
    }
}
