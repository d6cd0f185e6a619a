package org.fovea.cli.images;

import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.terminal.Format;
import org.fovea.core.image.ImageDecoder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of every command that has a result for each image. */
public final class ImageOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "An image, a folder (its images and those of its folders, sorted), or - for a list of such paths"
                            + " on the standard input, one a line.")
    List<String> paths;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). json prints a line for each image as it is done.")
    Format format;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            description = {
                "Images computed at once when there are many; by default 8, for captions 4, since a larger batch takes",
                "more memory. In f32, other batch sizes differ by rounding, some 1e-6."
            })
    private Integer batch;

    private int usualBatch = 8;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "" + ImageDecoder.DEFAULT_MAX_PIXELS,
            description = "Refuses images of more pixels, before they are decoded (${DEFAULT-VALUE}, as Pillow does).")
    private long maxPixels;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Adds JSON lines to FILE too and skips the images that it already has: a run that was stopped or"
                            + " killed goes on where it was, with the numbers of a run in one go (from a list on the"
                            + " standard input, but for rounding).")
    Path resume;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range
     */
    public void check() {
        atLeastOne("--batch", batch());
        decoder();
    }

    /** Number of images computed together. */
    int batch() {
        return batch == null ? usualBatch : batch;
    }

    /** Sets the default number of images computed together. */
    void setUsualBatch(int images) {
        usualBatch = images;
    }

    /** Image decoder with the pixel limit. */
    public ImageDecoder decoder() {
        try {
            return ImageDecoder.create().withMaxPixels(maxPixels);
        } catch (IllegalArgumentException e) {
            throw usage("--max-pixels: " + e.getMessage());
        }
    }

    void atLeastOne(String option, int value) {
        if (value < 1) {
            throw usage(option + " must be at least 1, got " + value);
        }
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
