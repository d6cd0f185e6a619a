package org.fovea.cli.classify;

import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.images.DumpOption;
import org.fovea.cli.model.DefaultModel;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import org.fovea.core.backend.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea classify} alone. */
final class ClassifyOptions {
    private static final DefaultModel DEFAULT = new DefaultModel(
            ModelFolder.CLASSIFIER,
            "model",
            "Get a checkpoint in safetensors format, for example" + System.lineSeparator()
                    + "  git clone https://huggingface.co/google/vit-base-patch16-224   (with git-lfs)"
                    + System.lineSeparator()
                    + "and run fovea classify --model vit-base-patch16-224 photo.jpg");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            description = {
                "The checkpoint: a folder with config.json, preprocessor_config.json and model.safetensors,",
                "or a model that fovea models lists; by default cifar10 where it is in this version."
            })
    private String model;

    @Option(
            names = {"-k", "--top"},
            paramLabel = "K",
            defaultValue = "5",
            description = "How many classes to list, best first (${DEFAULT-VALUE}).")
    int top;

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

    @Mixin
    DumpOption dump;

    @Mixin
    private PrecisionOption precision;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "Side of the model's square input, a multiple of its patch; by default the checkpoint's own.")
    Integer imageSize;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range, or without a model
     */
    void check() {
        DEFAULT.check(spec, model);
        if (top < 1) {
            throw usage("--top must be at least 1, got " + top);
        }
        if (imageSize != null && imageSize < 1) {
            throw usage("--image-size must be at least 1, got " + imageSize);
        }
    }

    /** Folder of the checkpoint. */
    Path folder() {
        return DEFAULT.folder(model);
    }

    /** Prints a notice if the default model is used. */
    void announce(List<String> labels) {
        DEFAULT.announce(spec, model, "only " + String.join(", ", labels));
    }

    Precision precision() {
        return precision.get();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
