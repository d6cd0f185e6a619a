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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea score captions}. Its members name no class of captioning: every command reads them when it starts. */
@Command(
        name = "captions",
        description = {
            "BLEU-1 to BLEU-4, ROUGE-L and CIDEr-D of captions, as the COCO evaluation computes them.",
            "",
            "Each line of FILE is an image: {\"hypothesis\": \"a cat\", \"references\": [\"a small cat\", …]}"
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score captions flickr8k.jsonl --format json")
final class CaptionScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "JSON lines; - for the standard input.")
    private String file;

    @Option(
            names = "--tokenized",
            description =
                    "The texts are tokens with single spaces between them; else they are split as the Penn Treebank"
                            + " is, in lower case, without punctuation.")
    private boolean tokenized;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(CaptionScoring.run(file, tokenized, format.isJson()));
        out.flush();
        return ExitCode.DONE;
    }
}
