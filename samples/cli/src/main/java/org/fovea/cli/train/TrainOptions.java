package org.fovea.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fovea.cli.model.Precisions;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.backend.Precision;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingRun;
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
            names = {"-t", "--task"},
            paramLabel = "NAME",
            completionCandidates = TrainTasks.Names.class,
            description = "One of ${COMPLETION-CANDIDATES}; by default the recipe's, or classify.")
    private String task;

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
                "that fovea models lists. A captioner's sizes are keys of --set."
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

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE|DIR",
            description = {
                "A captioner's tokenizer.json, or the checkpoint folder it lies in, such as a BPE's or a WordPiece's; by",
                "default the words of the data."
            })
    private Path tokenizer;

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

    /**
     * The task that is to be trained.
     *
     * @param recipe recipe of the task
     */
    record Choice(TrainTask<?> task, TrainingConfig recipe) {}

    boolean isResume() {
        return resume;
    }

    Path output() {
        return output;
    }

    Path data() {
        return data.path();
    }

    int dataThreads() {
        return dataThreads;
    }

    /**
     * Task and recipe that the options select.
     *
     * @throws ParameterException for impossible values
     * @throws TrainingConfigException when the recipe file is wrong
     */
    Choice choice() throws IOException {
        if (dataThreads < 1 || keep < 1 || everySteps < 1) {
            throw usage("--data-threads, --keep and --checkpoint-every must be at least 1, got " + dataThreads + ", "
                    + keep + " and " + everySteps);
        }
        Path earlier = TrainingRun.recipeFile(output);
        Optional<Path> file = recipe != null
                ? Optional.of(recipe)
                : Optional.of(earlier).filter(path -> resume && Files.exists(path));
        TrainTask<?> chosen = task(file);
        TrainingConfig start = chosen.defaults();
        return new Choice(chosen, changed(chosen, file.isPresent() ? start.read(file.get()) : start));
    }

    /** Task that the options name, else that of the recipe. */
    private TrainTask<?> task(Optional<Path> file) throws IOException {
        if (task == null && file.isEmpty()) {
            return TrainTasks.usual();
        }
        try {
            return TrainTasks.of(
                    task != null
                            ? task
                            : TrainingKeys.taskOf(file.get())
                                    .orElse(TrainTasks.usual().name()));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /** Training run of a recipe. */
    TrainingRun run(TrainingConfig chosen) {
        return new TrainingRun(output, chosen, new TrainingRun.Options(keep, everySteps));
    }

    private TrainingConfig changed(TrainTask<?> chosen, TrainingConfig start) {
        TrainingConfig out = start;
        out = with(out, "--model", "model", model == null ? null : chosen.model(model));
        out = with(out, "--epochs", TrainingKeys.EPOCHS.name(), epochs);
        out = with(out, "--batch", TrainingKeys.BATCH.name(), batch);
        out = with(
                out,
                "--precision",
                TrainingKeys.PRECISION.name(),
                precision == null ? null : Precisions.name(precision));
        out = with(out, "--lr", TrainingKeys.LEARNING_RATE.name(), learningRate);
        out = with(out, "--seed", TrainingKeys.SEED.name(), seed);
        out = with(out, "--image-size", "image_size", imageSize);
        out = with(out, "--tokenizer", "vocabulary", tokenizer == null ? null : tokenizer.toString());
        out = with(out, "--freeze-backbone", TrainingKeys.FREEZE_BACKBONE.name(), freezeBackbone ? true : null);
        out = with(
                out,
                "--gradient-checkpointing",
                TrainingKeys.GRADIENT_CHECKPOINTING.name(),
                gradientCheckpointing ? true : null);
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            out = out.set(entry.getKey(), entry.getValue());
        }
        return out;
    }

    private static TrainingConfig with(TrainingConfig recipe, String option, String key, Object value) {
        return value == null ? recipe : recipe.with(option, key, value);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
