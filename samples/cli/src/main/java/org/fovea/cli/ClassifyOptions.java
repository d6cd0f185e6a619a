package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import org.fovea.core.backend.Precision;
import org.fovea.core.image.ImageDecoder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code fovea classify} but for those it shares. */
final class ClassifyOptions {
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
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            description = {
                "The checkpoint: a folder with config.json, preprocessor_config.json and model.safetensors,",
                "or a model that fovea models lists; by default cifar10 where it is in this version."
            })
    String model;

    @Option(
            names = {"-k", "--top"},
            paramLabel = "K",
            defaultValue = "5",
            description = "How many classes to list, best first (${DEFAULT-VALUE}).")
    int top;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). json prints a line for each image as it is done.")
    Format format;

    @Option(
            names = "--scores",
            paramLabel = "KIND",
            defaultValue = "softmax",
            description =
                    "softmax for probabilities, logits for what the model computes (${DEFAULT-VALUE}); json has both.")
    Scores scores;

    @Option(
            names = "--heatmap",
            paramLabel = "OUTDIR",
            description = "Draws where the model looked (attention rollout) on each image: OUTDIR/NAME-attention.png.")
    Path heatMaps;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = "Of one image writes pixel_values, logits, hidden_states.i, attentions.i as safetensors.")
    Path dump;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            defaultValue = "8",
            description = "Images computed at once when there are many (${DEFAULT-VALUE}).")
    int batch;

    @Mixin
    private PrecisionOption precision;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "Side of the model's square input, a multiple of its patch; by default the checkpoint's own.")
    Integer imageSize;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "" + ImageDecoder.DEFAULT_MAX_PIXELS,
            description = "Refuses images of more pixels, before they are decoded (${DEFAULT-VALUE}, as Pillow does).")
    long maxPixels;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Adds JSON lines to FILE too and skips the images that it already has: a run that was stopped or"
                            + " killed goes on where it was.")
    Path resume;

    /**
     * Checks what can be checked before anything loads.
     *
     * @throws ParameterException for a value out of its range, or where there is no model
     */
    void check() {
        if (model == null && !ModelFolder.hasDefault()) {
            throw usage(
                    "--model DIR is needed: no model comes with this version. Get a checkpoint in safetensors format,"
                            + " for example" + System.lineSeparator()
                            + "  git clone https://huggingface.co/google/vit-base-patch16-224   (with git-lfs)"
                            + System.lineSeparator()
                            + "and run fovea classify --model vit-base-patch16-224 photo.jpg");
        }
        atLeastOne("--top", top);
        atLeastOne("--batch", batch);
        if (imageSize != null) {
            atLeastOne("--image-size", imageSize);
        }
    }

    /** The checkpoint's folder. */
    Path folder() {
        return ModelFolder.of(model == null ? ModelFolder.DEFAULT : model);
    }

    Precision precision() {
        return precision.get();
    }

    /** A decoder with the pixel limit. */
    ImageDecoder decoder() {
        try {
            return ImageDecoder.create().withMaxPixels(maxPixels);
        } catch (IllegalArgumentException e) {
            throw usage("--max-pixels: " + e.getMessage());
        }
    }

    /** A remark on the standard error. */
    void say(String text) {
        spec.commandLine().getErr().println("fovea: " + text);
        spec.commandLine().getErr().flush();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw usage(option + " must be at least 1, got " + value);
        }
    }
}
