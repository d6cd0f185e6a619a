package org.fovea.cli.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.cli.images.PictureFiles;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmentationExplanation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that draw what a segmenter looked at. */
final class AttentionOptions {
    private static final String RULE = "x,y of a pixel, two whole numbers";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--attention",
            paramLabel = "OUTDIR",
            description = "Draws where the model looked for the class of a pixel, and which channels and places it let"
                    + " through: OUTDIR/NAME-attention.png, a panel for each mechanism. A model that sees tiles is shown"
                    + " the whole image, resized to one.")
    private Path directory;

    @Option(
            names = "--at",
            paramLabel = "X,Y",
            description = "With --attention: the pixel; by default the middle of the image.")
    private String at;

    @Option(
            names = "--attention-layer",
            paramLabel = "I",
            description = "With --attention: draws this mechanism alone, from 0.")
    private Integer layer;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value that is not a pixel, or an option that needs --attention
     */
    void check() {
        if (directory == null && (at != null || layer != null)) {
            throw usage((at != null ? "--at" : "--attention-layer")
                    + " needs --attention OUTDIR, the pictures that it is about");
        }
        if (layer != null && layer < 0) {
            throw usage("--attention-layer must be at least 0, got " + layer);
        }
        pixel();
    }

    /**
     * Checks that none of these is given.
     *
     * @param with option that excludes them
     * @throws ParameterException when one is
     */
    void checkNone(String with) {
        if (directory != null) {
            throw usage("--attention does not go with " + with);
        }
    }

    /** Pictures, if requested. */
    Optional<PictureFiles> figures() throws IOException {
        return PictureFiles.wanted(directory, "-attention");
    }

    /**
     * Checks that the model has the requested attention.
     *
     * @throws IllegalArgumentException when it does not
     */
    void check(ImageSegmenter segmenter) {
        int layers = segmenter.model().attentions().size();
        if (directory != null && layers == 0) {
            throw new IllegalArgumentException("--attention needs a model with attention, got one without");
        }
        if (layer != null && layer >= layers) {
            throw new IllegalArgumentException(
                    "--attention-layer must be from 0 to " + (layers - 1) + " for this model, got " + layer);
        }
    }

    /**
     * Draws the picture of an image.
     *
     * @throws ImageException when the pixel lies outside
     */
    RgbImage draw(ImageInput input, ImageSegmenter segmenter, RgbImage image) {
        int[] pixel = pixel();
        int x = pixel.length == 0 ? image.width() / 2 : pixel[0];
        int y = pixel.length == 0 ? image.height() / 2 : pixel[1];
        if (x >= image.width() || y >= image.height()) {
            throw new ImageException(
                    input.name(),
                    "--at must lie within its " + image.width() + " x " + image.height() + " pixels, got " + at);
        }
        SegmentationExplanation why = segmenter.explain(image);
        return layer == null ? why.draw(x, y) : why.draw(layer, x, y);
    }

    private int[] pixel() {
        if (at == null) {
            return new int[0];
        }
        double[] numbers = CommaNumbers.parse(spec.commandLine(), "--at", at, 2, 2, RULE);
        for (double number : numbers) {
            if (!(number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number))) {
                throw usage("--at must be " + RULE + " from 0, got " + at);
            }
        }
        return new int[] {(int) numbers[0], (int) numbers[1]};
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
