package org.fovea.cli.score;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea score masks}. Its members name no class of segmentation: every command reads them when it starts. */
@Command(
        name = "masks",
        description = {
            "Intersection over union and Dice coefficient of each class, over the pixels of all images.",
            "",
            "Both folders hold grey PNG files of 8 or 16 bits, of the same names, whose values are classes from 0."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score masks truth predicted --classes 21 --format json")
final class MaskScoreCommand implements Callable<Integer> {
    private static final int MOST_CLASSES = 4096;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TRUTH_DIR", description = "Masks of the true classes.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTED_DIR", description = "Masks of the predicted classes.")
    private Path predicted;

    @Option(
            names = "--classes",
            paramLabel = "N",
            required = true,
            description = "Number of classes: values must be below it.")
    private int classes;

    @Option(
            names = "--ignore",
            paramLabel = "LABEL",
            defaultValue = "255",
            description = "True value of pixels that do not count, -1 for none (${DEFAULT-VALUE}).")
    private int ignored;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        if (classes < 1 || classes > MOST_CLASSES) {
            throw new ParameterException(
                    spec.commandLine(), "--classes must lie in [1, " + MOST_CLASSES + "], got " + classes);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(MaskScoring.run(truth, predicted, classes, ignored, format.isJson()));
        out.flush();
        return ExitCode.DONE;
    }
}
