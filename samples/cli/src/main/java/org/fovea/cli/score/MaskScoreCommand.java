package org.fovea.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea score masks}. */
@Command(
        name = "masks",
        description = {
            "Intersection over union and Dice coefficient of each class, over the pixels of all images.",
            "",
            "Both folders hold gray PNG files of 8 or 16 bits, of the same names, whose values are classes from 0."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score masks truth predicted --classes 21 --format json")
final class MaskScoreCommand extends ScoreKind {
    private static final int MOST_CLASSES = 4096;

    @Parameters(index = "0", paramLabel = "TRUTH_DIR", description = "Masks of the true classes.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTED_DIR", description = "Masks of the predicted classes.")
    private Path predicted;

    @Option(
            names = "--classes",
            order = ScoreKind.OWN - 1,
            paramLabel = "N",
            required = true,
            description = "Number of classes: values must be below it.")
    private int classes;

    @Option(
            names = "--ignore",
            order = ScoreKind.OWN,
            paramLabel = "LABEL",
            defaultValue = "255",
            description = "True value of pixels that do not count, -1 for none (${DEFAULT-VALUE}).")
    private int ignored;

    @Override
    String scores(boolean json) throws IOException {
        if (classes < 1 || classes > MOST_CLASSES) {
            throw usage("--classes must lie in [1, " + MOST_CLASSES + "], got " + classes);
        }
        return MaskScoring.run(truth, predicted, classes, ignored, json);
    }
}
