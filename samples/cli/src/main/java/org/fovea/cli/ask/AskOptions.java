package org.fovea.cli.ask;

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

/** The options of {@code fovea ask} alone. */
final class AskOptions {
    private static final DefaultModel DEFAULT = new DefaultModel(
            ModelFolder.ANSWERER,
            "answerer of questions",
            "Get a checkpoint, for example" + System.lineSeparator()
                    + "  git clone https://huggingface.co/dandelin/vilt-b32-finetuned-vqa   (with git-lfs)"
                    + System.lineSeparator()
                    + "and run fovea ask --model vilt-b32-finetuned-vqa --question 'how many cats are there?' photo.jpg");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            description = "The checkpoint of ViLT or BLIP, or one that was trained here: a folder with config.json,"
                    + " preprocessor_config.json, the tokenizer's files and the weights; or a model that fovea models"
                    + " lists.")
    private String model;

    @Option(
            names = {"-q", "--question"},
            paramLabel = "TEXT",
            description = "A question about every image; may be given several times.")
    List<String> questions = List.of();

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description =
                    "JSON lines {\"image\", \"question\"} instead of images and --question, the images relative to the"
                            + " file's folder; - for the standard input.")
    String questionFile;

    @Option(
            names = {"-i", "--interactive"},
            description =
                    "Loads once and looks at the image, then answers each line of the standard input; @PATH turns to"
                            + " another image.")
    boolean interactive;

    @Option(
            names = {"-k", "--top"},
            paramLabel = "K",
            defaultValue = "1",
            description = "Answers to each question, the likeliest first (${DEFAULT-VALUE}).")
    int top;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "Answers to choose among, one a line: those of the model's list, or any where it writes its"
                    + " answers, ranked by how likely it would write them.")
    Path answerFile;

    @Option(
            names = "--attention",
            paramLabel = "OUTDIR",
            description =
                    "Draws each image with where the model looked and the words of each question with their weights:"
                            + " OUTDIR/NAME-gaze.png. Images go one by one.")
    Path attention;

    @Mixin
    DumpOption dump;

    @Mixin
    private PrecisionOption precision;

    /**
     * Checks everything that can be checked before models load.
     *
     * @param paths images on the command line
     * @throws ParameterException for options that contradict each other, or without a model, image or question
     */
    void check(List<String> paths) {
        DEFAULT.check(spec, model);
        if (top < 1) {
            throw usage("--top must be at least 1, got " + top);
        }
        if (questionFile != null && (!paths.isEmpty() || !questions.isEmpty() || interactive)) {
            throw usage(
                    "--questions names images and their questions: give no PATH, no --question and no -i beside it");
        }
        if (questionFile == null && paths.isEmpty()) {
            throw usage("Missing required parameter: 'PATH', an image; or give --questions FILE");
        }
        if (interactive && (paths.size() != 1 || !questions.isEmpty() || attention != null || dump.isWanted())) {
            throw usage("-i takes one image, and no --question, --attention or --dump");
        }
        for (String option : List.of("--format", "--batch", "--resume")) {
            if (interactive && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw usage("-i takes no " + option + ": it prints each answer as text when it is asked");
            }
        }
        if (questionFile == null && questions.isEmpty() && !interactive) {
            throw usage("a question is needed: --question 'how many cats are there?'; or -i to be asked for them");
        }
        if (dump.isWanted() && questions.size() != 1) {
            throw usage("--dump takes exactly one --question, got " + questions.size());
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

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
