package org.fovea.cli.caption;

import java.nio.file.Path;
import org.fovea.cli.images.DumpOption;
import org.fovea.cli.model.DecoderWeightsOption;
import org.fovea.cli.model.DefaultModel;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import org.fovea.core.backend.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea caption} alone, but for the search's and the text files'. */
final class CaptionOptions {
    private static final DefaultModel DEFAULT = new DefaultModel(
            ModelFolder.CAPTIONER,
            "captioner",
            "Get a captioner's checkpoint, for example" + System.lineSeparator()
                    + "  git clone https://huggingface.co/Salesforce/blip-image-captioning-base   (with git-lfs)"
                    + System.lineSeparator()
                    + "and run fovea caption --model blip-image-captioning-base photo.jpg");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            description = "The checkpoint of BLIP, GIT or an encoder-decoder with GPT-2: a folder with config.json,"
                    + " preprocessor_config.json, the tokenizer's files and the weights; or a model that fovea models"
                    + " lists.")
    private String model;

    @Option(names = "--prompt", paramLabel = "TEXT", defaultValue = "", description = "Words that captions begin with.")
    String prompt;

    @Option(
            names = "--attention",
            paramLabel = "OUTDIR",
            description =
                    "Draws each image once for every word of its caption, with where the model looked when it wrote"
                            + " the word: OUTDIR/NAME-words.png. Images go one by one.")
    Path attention;

    @Option(
            names = "--attention-layer",
            paramLabel = "I",
            description = "Draws this layer alone, from 0; by default the mean of all.")
    Integer layer;

    @Option(
            names = "--attention-head",
            paramLabel = "I",
            description = "Draws this head of --attention-layer alone, from 0; by default the mean of all.")
    Integer head;

    @Mixin
    DumpOption dump;

    @Mixin
    private PrecisionOption precision;

    @Mixin
    DecoderWeightsOption decoderWeights;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for options that need another one, or without a model
     */
    void check() {
        DEFAULT.check(spec, model);
        if (layer != null && attention == null) {
            throw usage("--attention-layer needs --attention OUTDIR, the pictures that it is about");
        }
        if (head != null && layer == null) {
            throw usage("--attention-head needs --attention-layer, the layer whose head it is");
        }
    }

    /** Folder of the checkpoint; prints a notice if the default model is used. */
    Path folder() {
        DEFAULT.announce(spec, model, "only drawn scenes. " + DEFAULT.cure());
        return DEFAULT.folder(model);
    }

    Precision precision() {
        return precision.get();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
