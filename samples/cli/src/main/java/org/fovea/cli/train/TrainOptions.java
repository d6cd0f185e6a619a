package org.fovea.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Precision;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.Presets;
import org.fovea.vit.train.ClassifierKeys;
import org.fovea.vit.train.TrainingSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea train} but for those it shares. */
final class TrainOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "The run's own folder; the finished checkpoint lies there too.")
    private Path output;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "PRESET|DIR|NAME",
            description = {
                "A published size to train from scratch (cct-2-3x2), or what to fine-tune: a checkpoint folder or a model",
                "that fovea models lists."
            })
    private String model;

    @Option(
            names = {"-r", "--recipe"},
            paramLabel = "FILE",
            description = "A JSON file with any of the keys of @|bold --set|@; options on the command line win.")
    private Path recipe;

    @Option(
            names = {"-e", "--epochs"},
            paramLabel = "N",
            description = "Passes over the images.")
    private Integer epochs;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            description = "Images of one step.")
    private Integer batch;

    @Option(
            names = {"-p", "--precision"},
            paramLabel = "NAME",
            converter = Precisions.class,
            description = "f32 or bf16.")
    private Precision precision;

    @Option(names = "--lr", paramLabel = "RATE", description = "The highest learning rate.")
    private Double learningRate;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything random.")
    private Integer seed;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "Side of the model's square input; by default its own. A checkpoint's positions are resized.")
    private Integer imageSize;

    @Option(names = "--freeze-backbone", description = "Trains the head alone: a linear probe.")
    private boolean freezeBackbone;

    @Option(
            names = "--gradient-checkpointing",
            description = "Computes blocks again rather than keeping them: less memory, more time.")
    private boolean gradientCheckpointing;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Any other key of a recipe, such as --set mixup=0.8, or --set spatial_transformer=affine for a model that",
                "learns to straighten its images too; recipe.json of a run lists all."
            })
    private Map<String, String> settings = Map.of();

    @Option(names = "--resume", description = "Goes on from the last checkpoint in --output, by the recipe there.")
    private boolean resume;

    @Option(
            names = "--data-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that decode and augment (${DEFAULT-VALUE}).")
    private int dataThreads;

    @Option(
            names = "--keep",
            paramLabel = "K",
            defaultValue = "2",
            description = "How many of the last training checkpoints stay (${DEFAULT-VALUE}).")
    private int keep;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            defaultValue = "500",
            description = "Steps between two training checkpoints; each epoch ends with one too (${DEFAULT-VALUE}).")
    private long everySteps;

    boolean isResume() {
        return resume;
    }

    Path output() {
        return output;
    }

    /**
     * The run that was asked for.
     *
     * @throws ParameterException for values that cannot be
     * @throws TrainingConfigException when the recipe file is wrong
     */
    TrainingSession session() throws IOException {
        try {
            TrainingConfig all = changed(start());
            TrainingSession.Options options = new TrainingSession.Options(dataThreads, keep, everySteps);
            return new TrainingSession(data.path(), output, source(all), all, options);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private static Optional<Path> source(TrainingConfig recipe) {
        String name = recipe.get(ClassifierKeys.MODEL);
        return Presets.has(name) ? Optional.empty() : ModelFolder.existing(name);
    }

    /** In a recipe the name of a preset means the preset; on the command line a folder of that name comes first. */
    private String modelInRecipe() {
        return Presets.has(model) && Files.isDirectory(Path.of(model)) ? "./" + model : model;
    }

    private TrainingConfig start() throws IOException {
        if (recipe != null) {
            return ClassifierKeys.defaults().read(recipe);
        }
        Optional<TrainingConfig> earlier = resume ? TrainingSession.recipeIn(output) : Optional.empty();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        return ClassifierKeys.defaults();
    }

    private TrainingConfig changed(TrainingConfig start) {
        TrainingConfig out = model == null ? start : start.with(ClassifierKeys.MODEL, modelInRecipe());
        out = epochs == null ? out : out.with(TrainingKeys.EPOCHS, epochs);
        out = batch == null ? out : out.with(TrainingKeys.BATCH, batch);
        out = precision == null ? out : out.with(TrainingKeys.PRECISION, Precisions.name(precision));
        out = learningRate == null ? out : out.with(TrainingKeys.LEARNING_RATE, learningRate);
        out = seed == null ? out : out.with(TrainingKeys.SEED, seed);
        out = imageSize == null ? out : out.with(ClassifierKeys.IMAGE_SIZE, imageSize);
        out = freezeBackbone ? out.with(TrainingKeys.FREEZE_BACKBONE, true) : out;
        out = gradientCheckpointing ? out.with(TrainingKeys.GRADIENT_CHECKPOINTING, true) : out;
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            out = out.set(entry.getKey(), entry.getValue());
        }
        return out;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
