package org.fovea.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.cli.model.ModelChoice;
import org.fovea.core.backend.Backend;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.train.ClassifierKeys;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea bench} that are about training. */
final class TrainingBenchOptions {
    private static final double CLIP_NORM = 1; // usual in recipes for vision transformers

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--train",
            description = "Measures training instead: whole steps on noise, in f32 and bf16, at the recipe's batch.")
    private boolean train;

    @Option(
            names = {"-r", "--recipe"},
            paramLabel = "FILE",
            description =
                    "With --train: the recipe whose steps to measure; by default cct-2-3x2 with AdamW and clipping.")
    private Path recipe;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR|ZIP|FILE",
            description =
                    "With --train: also measures how fast the loader brings these images, alone and beside the steps.")
    private Path data;

    @Option(
            names = "--data-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --data: threads that decode and augment (${DEFAULT-VALUE}).")
    private int dataThreads;

    boolean isTrain() {
        return train;
    }

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for options that contradict each other
     */
    void check() {
        if (!train && (recipe != null || data != null)) {
            throw usage((recipe != null ? "--recipe" : "--data") + " needs --train");
        }
        if (dataThreads < 1) {
            throw usage("--data-threads must be at least 1, got " + dataThreads);
        }
    }

    /** Recipe whose training steps are measured. */
    TrainingConfig recipe() throws IOException {
        return recipe == null
                ? ClassifierKeys.defaults().with(TrainingKeys.CLIP_NORM, CLIP_NORM)
                : ClassifierKeys.defaults().read(recipe);
    }

    Bench bench(ModelChoice choice, Backend backend, double seconds, TrainingConfig steps) {
        return new TrainingBench(choice, backend, seconds, steps, Optional.ofNullable(data), dataThreads);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
