package org.fovea.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea score instances}. */
@Command(
        name = "instances",
        description = {
            "Average precision TP / (TP + FP + FN), F1 and panoptic quality of objects, matched optimally at each"
                    + " threshold of their intersection over union.",
            "",
            "Both folders hold gray PNG files of 8 or 16 bits, of the same names: 0 is the background, each other value"
                    + " one object. Objects of all images count together; --format json also tells each image's."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score instances truth predicted --format json")
final class InstanceScoreCommand extends ScoreKind {
    @Parameters(index = "0", paramLabel = "TRUTH_DIR", description = "Masks of the true objects.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTED_DIR", description = "Masks of the predicted objects.")
    private Path predicted;

    @Option(
            names = "--threshold",
            order = ScoreKind.OWN,
            paramLabel = "IOU",
            split = ",",
            defaultValue = "0.5,0.55,0.6,0.65,0.7,0.75,0.8,0.85,0.9,0.95",
            description = "Thresholds above 0, at most 1 (${DEFAULT-VALUE}).")
    private List<Double> thresholds;

    @Override
    String scores(boolean json) throws IOException {
        for (double threshold : thresholds) {
            if (!(threshold > 0 && threshold <= 1)) {
                throw usage("--threshold must be above 0 and at most 1, got " + threshold);
            }
        }
        return InstanceScoring.run(truth, predicted, thresholds, json);
    }
}
