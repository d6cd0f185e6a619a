package org.fovea.core.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.weights.Parameters;

/**
 * One training run and its folder: {@code recipe.json}, {@code metrics.csv}, TensorBoard's event files, {@code
 * checkpoints/}, and the files of a model's directory, of which the weights come last. It is the same for every kind of model;
 * a {@link TrainingSetup} says what is trained, on what.
 *
 * <p>In training of several phases each starts from the weights that the one before ended with.
 *
 * @param folder folder of the run, created if it is missing
 * @param recipe recipe with the keys of {@link TrainingKeys}
 * @param options options that do not influence the result
 */
public record TrainingRun(Path folder, TrainingConfig recipe, Options options) {
    private static final String RECIPE = "recipe.json";
    private static final String CHECKPOINTS = "checkpoints";

    /**
     * Settings without influence on the result.
     *
     * @param keep number of recent checkpoints that are kept
     * @param everySteps number of steps between two checkpoints
     */
    public record Options(int keep, long everySteps) {
        /** Default: keeps the last two checkpoints, one every 500 steps. */
        public static final Options DEFAULTS = new Options(2, 500);

        /** Checks the numbers. */
        public Options {
            Check.atLeast(1, "TrainingRun: checkpoints to keep", keep);
            Check.atLeast(1, "TrainingRun: steps between checkpoints", everySteps);
        }
    }

    /** File of a run's recipe in a folder; it may not exist. */
    public static Path recipeFile(Path folder) {
        return folder.resolve(RECIPE);
    }

    /**
     * Trains and writes everything into the folder.
     *
     * @param resume whether to continue from the folder's last checkpoint
     * @param listener listener to the progress, called after the folder's files are written
     * @return result of the last phase
     * @throws TrainingConfigException when the folder holds a run and {@code resume} is not given
     * @throws CheckpointException when a checkpoint cannot be written
     * @throws IllegalArgumentException when the folder's checkpoint belongs to a run with another recipe or model
     * @throws IOException when another file cannot be written
     */
    public <B> TrainingResult run(TrainingSetup<B, ?> setup, Backend backend, boolean resume, TrainingListener listener)
            throws IOException {
        checkFolder(resume);
        setup.saveDescription(folder);
        String written = writtenRecipe();
        boolean best = recipe.get(TrainingKeys.KEEP).equals("best");
        TrainingResult last = null;
        TrainingResult kept = null;
        for (TrainingPhase<B> phase : setup.phases(folder, backend)) {
            Optional<Parameters> start = Optional.ofNullable(last).map(before -> weights(before, best));
            last = run(phase, start, backend, resume, written, listener);
            boolean better = kept == null
                    || last.position().bestScore() > kept.position().bestScore();
            kept = !best || better ? last : kept;
        }
        save(setup, weights(kept, best));
        return last;
    }

    private static Parameters weights(TrainingResult result, boolean best) {
        return best ? result.bestWeights() : result.lastWeights();
    }

    private <B> TrainingResult run(
            TrainingPhase<B> phase,
            Optional<Parameters> start,
            Backend backend,
            boolean resume,
            String written,
            TrainingListener listener)
            throws IOException {
        Path place = Files.createDirectories(folder.resolve(phase.name()));
        int updates = Math.max(1, phase.train().batchesPerEpoch() / recipe.get(TrainingKeys.ACCUMULATION));
        TrainingPlan plan = phase.plan().apply(updates);
        Checkpoints checkpoints =
                Checkpoints.in(place.resolve(CHECKPOINTS), options.keep(), options.everySteps(), written);
        if (phase.name().isEmpty() && checkpoints.latest().isEmpty()) {
            AtomicFile.write(recipeFile(folder), written);
        }
        try (Task<B> task = phase.task().apply(start);
                RunLog log = new RunLog(place, Clock.systemUTC(), listener)) {
            log.onPhase(phase.name(), plan);
            Trainer<B> trainer = new Trainer<>(backend, task, plan, checkpoints, log);
            return resume ? trainer.resume(phase.train()) : trainer.fit(phase.train());
        }
    }

    /**
     * Text of the recipe with which the run was started, if it has the same meaning, so that a version with more keys can
     * continue the run.
     */
    private String writtenRecipe() throws IOException {
        Path file = recipeFile(folder);
        boolean same = Files.exists(file) && recipe.usual().read(file).equals(recipe);
        return same ? Files.readString(file) : recipe.json();
    }

    private void save(TrainingSetup<?, ?> setup, Parameters weights) {
        try {
            setup.saveWeights(folder, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": the trained model could not be saved: " + e + "; " + folder.resolve(CHECKPOINTS)
                            + " still holds the run. Free space on the disk, and end it by --resume.",
                    e);
        }
    }

    private void checkFolder(boolean resume) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(recipeFile(folder)) && !resume) {
            throw new TrainingConfigException(
                    folder + ": a new run needs a folder of its own, got one that holds a run;"
                            + " go on with it by --resume, or give another --output");
        }
    }
}
