package org.fovea.samples.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchLoader;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.train.CheckpointStore;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.ClassifierConfig;
import org.fovea.vit.ClassifierFiles;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Preprocessing;
import org.fovea.vit.Presets;
import org.fovea.vit.PublishedModel;
import org.fovea.vit.TrainableClassifier;

/**
 * One training run and its folder: {@code recipe.json}, {@code metrics.csv}, TensorBoard's event files,
 * {@code checkpoints/}, and in the end the three files of a checkpoint and {@code report/}.
 *
 * @param data a folder, zip file or manifest
 * @param folder of the run, made where it is missing
 * @param source a checkpoint to start from, in place of the recipe's preset
 * @param options what does not change the result
 */
public record TrainingSession(Path data, Path folder, Optional<Path> source, Recipe recipe, Options options) {
    /**
     * What does not change the result.
     *
     * @param dataThreads that decode and augment
     * @param keep how many of the last checkpoints stay
     * @param everySteps steps between two checkpoints
     */
    public record Options(int dataThreads, int keep, long everySteps) {
        /** Checks the numbers. */
        public Options {
            if (dataThreads < 1 || keep < 1 || everySteps < 1) {
                throw new IllegalArgumentException(
                        "TrainingSession: data threads, checkpoints to keep and steps between"
                                + " them must be at least 1, got " + dataThreads + ", " + keep + " and " + everySteps);
            }
        }
    }

    private static final String RECIPE = "recipe.json";
    private static final String CHECKPOINTS = "checkpoints";

    /** The recipe of the run in a folder, where there is one. */
    public static Optional<Recipe> recipeIn(Path folder) throws IOException {
        Path file = folder.resolve(RECIPE);
        return Files.exists(file) ? Optional.of(Recipe.read(file)) : Optional.empty();
    }

    /**
     * Trains, writes everything into the folder, and reports.
     *
     * @param resume whether to go on from the folder's last checkpoint
     * @param listener hears how it goes, after the folder's files have
     * @throws RecipeException when the recipe does not fit the model
     * @throws org.fovea.core.data.DataSetException when a classifier cannot learn from the data
     * @throws IllegalStateException when the folder holds another run and {@code resume} is not given
     */
    public TrainingResult run(Backend backend, boolean resume, TrainingListener listener) throws IOException {
        try (TrainingData images = TrainingData.open(data, recipe);
                Base base = base(images)) {
            checkFolder(resume);
            ClassifierConfig config = base.model().config();
            ImageProcessor processor = savePreprocessing(config);
            Ingredients ingredients = new Ingredients(recipe);
            int batch = recipe.whole(RecipeKey.BATCH);
            String written = writtenRecipe();
            try (BatchLoader train = images.trainingBatches(
                            ingredients, config.imageHeight(), config.imageWidth(), options.dataThreads());
                    BatchLoader validation = images.validationBatches(processor, batch);
                    RunLog log = new RunLog(folder, Clock.systemUTC(), listener)) {
                int updates = train.batchesPerEpoch() / recipe.whole(RecipeKey.ACCUMULATION);
                CheckpointStore store =
                        CheckpointStore.in(folder.resolve(CHECKPOINTS), options.keep(), options.everySteps(), written);
                if (store.latest().isEmpty()) {
                    Files.writeString(folder.resolve(RECIPE), written);
                }
                Trainer trainer = new Trainer(
                        backend, base.model(), ingredients.training(config, Math.max(1, updates)), store, log);
                TrainingResult result = resume ? trainer.resume(train, validation) : trainer.fit(train, validation);
                save(config, images, result);
                report(backend, images);
                return result;
            }
        }
    }

    /**
     * The recipe in the words in which the run was begun, where they say the same: a version that knows more keys goes on
     * with what another one began.
     */
    private String writtenRecipe() throws IOException {
        Optional<Recipe> begun = recipeIn(folder);
        return begun.isPresent() && begun.get().equals(recipe)
                ? Files.readString(folder.resolve(RECIPE))
                : recipe.json();
    }

    private void save(ClassifierConfig config, TrainingData images, TrainingResult result) throws IOException {
        boolean best = recipe.text(RecipeKey.KEEP).equals("best");
        Parameters weights = best ? result.bestWeights() : result.lastWeights();
        if (source.isPresent()) {
            ClassifierFiles.save(folder, config, images.labels(), weights, source.get());
        } else {
            ClassifierFiles.save(folder, config, images.labels(), weights, preprocessing(config));
        }
    }

    /** The finished checkpoint's own answers, on the images it was scored on while it trained. */
    private void report(Backend backend, TrainingData images) throws IOException {
        ReportFiles.curves(folder);
        ClassifierOptions classifying =
                ClassifierOptions.defaults().withBackend(backend).withBatch(recipe.whole(RecipeKey.BATCH));
        try (ImageClassifier classifier = ImageClassifier.load(folder, classifying)) {
            ReportFiles.evaluation(folder.resolve("report"), Evaluation.of(classifier, images.validation()));
        }
    }

    private void checkFolder(boolean resume) throws IOException {
        Files.createDirectories(folder);
        boolean used = Files.exists(folder.resolve(RECIPE));
        if (used && !resume) {
            throw new IllegalStateException(folder + ": a new run needs a folder of its own, got one that holds a run;"
                    + " go on with it by --resume, or give another --output");
        }
    }

    /** The processor that the finished checkpoint will have. */
    private ImageProcessor savePreprocessing(ClassifierConfig config) throws IOException {
        if (source.isPresent()) {
            return ImageProcessor.load(source.get());
        }
        ClassifierFiles.save(folder, preprocessing(config));
        return ImageProcessor.load(folder);
    }

    private Preprocessing preprocessing(ClassifierConfig config) {
        return new Preprocessing(
                config.imageHeight(),
                config.imageWidth(),
                recipe.text(RecipeKey.FIT).equals("crop") ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                recipe.colour(RecipeKey.IMAGE_MEAN),
                recipe.colour(RecipeKey.IMAGE_STD));
    }

    private Base base(TrainingData images) {
        int seed = recipe.whole(RecipeKey.SEED);
        Ingredients ingredients = new Ingredients(recipe);
        if (source.isPresent()) {
            PublishedModel published = PublishedModel.open(source.get());
            return new Base(
                    TrainableClassifier.fineTuned(published, images.labels(), ingredients.drops(), seed),
                    Optional.of(published));
        }
        if (recipe.flag(RecipeKey.FREEZE_BACKBONE)) {
            throw new RecipeException("\"freeze_backbone\" needs a checkpoint to start from, got the preset "
                    + recipe.text(RecipeKey.MODEL) + " with fresh weights; give --model a checkpoint folder");
        }
        ClassifierConfig preset;
        try {
            preset = Presets.named(recipe.text(RecipeKey.MODEL))
                    .withClasses(images.labels().size());
            int pixels = recipe.whole(RecipeKey.IMAGE_SIZE);
            preset = pixels == 0 ? preset : preset.withImage(pixels, pixels);
        } catch (IllegalArgumentException e) {
            throw new RecipeException("the recipe's model: " + e.getMessage(), e);
        }
        return new Base(TrainableClassifier.fresh(preset, ingredients.drops(), seed), Optional.empty());
    }

    /** What is trained, and the files its weights come from. */
    private record Base(TrainableClassifier model, Optional<PublishedModel> files) implements AutoCloseable {
        @Override
        public void close() {
            files.ifPresent(PublishedModel::close);
        }
    }

    /** Writes while the trainer runs; a disk that refuses ends the run, the checkpoints being safe. */
    static UncheckedIOException failed(Path folder, IOException e) {
        return new UncheckedIOException(folder + ": the run's records could not be written: " + e.getMessage(), e);
    }
}
