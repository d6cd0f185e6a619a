package org.fovea.captioning.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.metric.Cider;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchLoader;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.NotedFormat;
import org.fovea.core.data.Splits;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.train.Task;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPhase;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingSetup;
import org.fovea.core.train.TrainingSplits;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.train.EncoderRecipe;

/**
 * Training of a captioner on images with captions: by cross-entropy, then, where the recipe asks for it, self-critically.
 *
 * <pre>{@code
 * TrainingConfig recipe = CaptionerKeys.defaults().with(CaptionerKeys.DECODER, "transformer");
 * try (CaptionerSetup setup = CaptionerSetup.open(Path.of("photos.jsonl"), recipe)) {
 *     new TrainingRun(folder, recipe, TrainingRun.Options.DEFAULTS)
 *             .run(setup, Backends.automatic(), false, TrainingListener.NONE);
 * }
 * }</pre>
 */
public final class CaptionerSetup implements TrainingSetup<CaptionBatch, CaptionerScores> {
    private static final String SELF_CRITICAL = "self-critical";

    private final TrainingConfig recipe;
    private final int dataThreads;
    private final CaptionData data;
    private final TrainingSplits<CaptionedImage> images;
    private final CaptionerStart start;
    private final List<BatchLoader<CaptionBatch>> loaders = new ArrayList<>();
    private Optional<ImageEvaluation> validation = Optional.empty();

    private CaptionerSetup(
            TrainingConfig recipe,
            int dataThreads,
            CaptionData data,
            TrainingSplits<CaptionedImage> images,
            CaptionerStart start) {
        this.recipe = recipe;
        this.dataThreads = dataThreads;
        this.data = data;
        this.images = images;
        this.start = start;
    }

    /** Opens data and model from the recipe alone. */
    public static CaptionerSetup open(Path data, TrainingConfig recipe) {
        return open(data, recipe.changed(CaptionerKeys.MODEL).map(Path::of), recipe, 2);
    }

    /**
     * Opens data and model.
     *
     * @param data data set, in the format of {@link CaptionData}
     * @param source captioner that the recipe's key {@code model} names; empty where it names none
     * @param dataThreads number of threads that decode and augment images
     * @throws TrainingConfigException when the recipe's settings contradict each other
     * @throws org.fovea.core.data.DataSetException when the data cannot train a captioner
     * @throws org.fovea.core.ModelFormatException when the source is wrong
     */
    public static CaptionerSetup open(Path data, Optional<Path> source, TrainingConfig recipe, int dataThreads) {
        CaptionData opened = CaptionData.open(data);
        try {
            TrainingSplits<CaptionedImage> images = TrainingSplits.of(opened.splits(), recipe);
            Stream<String> captions = images.train().stream().flatMap(image -> image.words().stream());
            CaptionerStart start = CaptionerStart.of(source, recipe, captions);
            CaptionerSetup setup = new CaptionerSetup(recipe, dataThreads, opened, images, start);
            setup.checkPhases();
            return setup;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void checkPhases() {
        boolean critical = recipe.get(CaptionerKeys.SELF_CRITICAL_EPOCHS) > 0;
        if (critical && recipe.get(CaptionerKeys.CAPTIONS_PER_IMAGE) < 2) {
            start.close();
            throw new TrainingConfigException("\"" + CaptionerKeys.SELF_CRITICAL_EPOCHS.name()
                    + "\" compares the captions of an image: \"" + CaptionerKeys.CAPTIONS_PER_IMAGE.name()
                    + "\" must be at least 2, got 1");
        }
    }

    @Override
    public void saveDescription(Path directory) throws IOException {
        start.saveDescription(directory);
    }

    @Override
    public List<TrainingPhase<CaptionBatch>> phases(Path directory, Backend backend) {
        BatchLoader<CaptionBatch> train = loader(recipe.get(TrainingKeys.SEED));
        ImageEvaluation scored = new ImageEvaluation(
                images.validation(),
                ImageProcessor.load(directory),
                recipe.get(TrainingKeys.BATCH),
                recipe.get(CaptionerKeys.METRIC));
        validation = Optional.of(scored);
        int updates = Math.max(1, train.batchesPerEpoch() / recipe.get(TrainingKeys.ACCUMULATION));
        CaptionTask words = task(scored, objective(updates), start.images().weights());
        List<TrainingPhase<CaptionBatch>> phases =
                new ArrayList<>(List.of(TrainingPhase.first(train, count -> plan(recipe, count), words)));
        if (recipe.get(CaptionerKeys.SELF_CRITICAL_EPOCHS) > 0) {
            phases.add(selfCritical(scored, backend));
        }
        return phases;
    }

    private TrainingPhase<CaptionBatch> selfCritical(ImageEvaluation scored, Backend backend) {
        TrainingConfig second = recipe.with(TrainingKeys.EPOCHS, recipe.get(CaptionerKeys.SELF_CRITICAL_EPOCHS))
                .with(TrainingKeys.LEARNING_RATE, recipe.get(CaptionerKeys.SELF_CRITICAL_LEARNING_RATE))
                .with(TrainingKeys.WARMUP_EPOCHS, 0.0);
        Function<Optional<Parameters>, Task<CaptionBatch>> task = before -> new SelfCriticalTask(
                task(scored, CaptionObjective.likelihood(), before), reward(), backend, TrainingKeys.precision(recipe));
        return new TrainingPhase<>(
                SELF_CRITICAL, loader(~recipe.get(TrainingKeys.SEED)), count -> plan(second, count), task);
    }

    private BatchLoader<CaptionBatch> loader(long seed) {
        TrainingPipeline pipeline = start.images().pipeline(recipe);
        BatchLoader<CaptionBatch> loader = BatchLoader.shuffled(
                Splits.dataset(data.splits().source() + ", training", images.train()),
                new NotedFormat<>(
                        ImageDecoder.create(),
                        pipeline,
                        recipe.get(CaptionerKeys.CAPTIONS_PER_IMAGE),
                        CaptionBatch::new),
                LoaderOptions.of(recipe.get(TrainingKeys.BATCH), seed).withThreads(dataThreads));
        loaders.add(loader);
        return loader;
    }

    private CaptionTask task(ImageEvaluation scored, CaptionObjective objective, Optional<Parameters> weights) {
        return new CaptionTask(
                start.trained(recipe),
                start.vocabulary(),
                recipe.get(TrainingKeys.BATCH),
                recipe.get(CaptionerKeys.CAPTIONS_PER_IMAGE),
                TrainingKeys.drops(recipe),
                objective,
                scored,
                weights,
                recipe.get(TrainingKeys.SEED));
    }

    private CaptionObjective objective(int updates) {
        long steps = Math.max(1, Math.round(updates * recipe.get(CaptionerKeys.SCHEDULED_SAMPLING_EPOCHS)));
        return CaptionObjective.likelihood()
                .withDoublyStochastic(recipe.get(CaptionerKeys.DOUBLY_STOCHASTIC))
                .withFocus(recipe.get(CaptionerKeys.FOCUS))
                .withOwnWords(recipe.get(CaptionerKeys.SCHEDULED_SAMPLING), steps);
    }

    private TrainingPlan plan(TrainingConfig phase, int updates) {
        return TrainingKeys.plan(
                phase, updates, EncoderRecipe.policy(recipe, start.model().encoder()));
    }

    private Cider reward() {
        return Cider.ofReferences(images.train().stream()
                .map(image -> image.words().stream()
                        .map(caption -> List.of(caption.split(" ")))
                        .toList())
                .toList());
    }

    @Override
    public void saveWeights(Path directory, Parameters weights) throws IOException {
        CaptionerWriter.saveWeights(directory, start.model(), weights);
    }

    /** Scores the finished captioner's captions of the validation images. */
    @Override
    public CaptionerScores evaluate(Path directory, Backend backend) {
        CaptionerOptions options =
                CaptionerOptions.defaults().withBackend(backend).withBatch(recipe.get(TrainingKeys.BATCH));
        try (ImageCaptioner captioner = ImageCaptioner.load(directory, options)) {
            return CaptionerScores.of(captioner, images.validation(), CaptionerScores.FIGURES);
        }
    }

    @Override
    public List<BrokenImage> broken() {
        Stream<BrokenImage> trained = loaders.stream().flatMap(loader -> loader.broken().stream());
        Stream<BrokenImage> scored = validation.stream().flatMap(each -> each.broken().stream());
        return Stream.concat(trained, scored).distinct().toList();
    }

    @Override
    public void close() {
        loaders.forEach(BatchLoader::close);
        start.close();
        data.close();
    }
}
