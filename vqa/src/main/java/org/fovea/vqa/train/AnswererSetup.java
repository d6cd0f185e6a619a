package org.fovea.vqa.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchLoader;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.Splits;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.text.Tokenizer;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPhase;
import org.fovea.core.train.TrainingSetup;
import org.fovea.core.train.TrainingSplits;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.train.EncoderRecipe;
import org.fovea.vqa.AnswererOptions;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.hub.AnswererWriter;

/**
 * Training of an answerer on images with questions and answers.
 *
 * <pre>{@code
 * TrainingConfig recipe = AnswererKeys.defaults().with(AnswererKeys.HEAD, "relation");
 * try (AnswererSetup setup = AnswererSetup.open(Path.of("questions.jsonl"), recipe)) {
 *     new TrainingRun(folder, recipe, TrainingRun.Options.DEFAULTS)
 *             .run(setup, Backends.automatic(), false, TrainingListener.NONE);
 * }
 * }</pre>
 */
public final class AnswererSetup implements TrainingSetup<AnswerBatch, AnswererScores> {
    private final TrainingConfig recipe;
    private final int dataThreads;
    private final AnswerData data;
    private final TrainingSplits<AnsweredImage> images;
    private final AnswererStart start;
    private Optional<Tokenizer> tokenizer = Optional.empty();
    private Optional<BatchLoader<AnswerBatch>> training = Optional.empty();
    private Optional<ListedAnswers> validation = Optional.empty();

    private AnswererSetup(
            TrainingConfig recipe,
            int dataThreads,
            AnswerData data,
            TrainingSplits<AnsweredImage> images,
            AnswererStart start) {
        this.recipe = recipe;
        this.dataThreads = dataThreads;
        this.data = data;
        this.images = images;
        this.start = start;
    }

    /** Opens data and model from the recipe alone. */
    public static AnswererSetup open(Path data, TrainingConfig recipe) {
        return open(data, recipe.changed(AnswererKeys.MODEL).map(Path::of), recipe, 2);
    }

    /**
     * Opens data and model.
     *
     * @param data data set, in the format of {@link AnswerData}
     * @param source answerer that the recipe's key {@code model} names; empty where it names none
     * @param dataThreads number of threads that decode and augment images
     * @throws TrainingConfigException when the recipe's settings contradict each other
     * @throws DataSetException when the data cannot train an answerer
     * @throws org.fovea.core.ModelFormatException when the source is wrong
     */
    public static AnswererSetup open(Path data, Optional<Path> source, TrainingConfig recipe, int dataThreads) {
        AnswerData opened = AnswerData.open(data);
        try {
            TrainingSplits<AnsweredImage> images = TrainingSplits.of(opened.splits(), recipe);
            AnswererStart start = AnswererStart.of(source, recipe, AnsweredImage.questions(images.train()));
            try {
                TrainingSplits<AnsweredImage> known = new LearnableQuestions(start).of(images);
                return new AnswererSetup(recipe, dataThreads, opened, known, start);
            } catch (RuntimeException e) {
                start.close();
                throw e;
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void saveDescription(Path directory) throws IOException {
        start.saveDescription(directory);
    }

    @Override
    public List<TrainingPhase<AnswerBatch>> phases(Path directory, Backend backend) {
        Tokenizer words = Tokenizer.load(directory);
        tokenizer = Optional.of(words);
        AnswerSize size = size();
        BatchLoader<AnswerBatch> train = loader(words, size);
        training = Optional.of(train);
        ListedAnswers scored = new ListedAnswers(
                images.validation(),
                size,
                ImageProcessor.load(directory),
                words,
                start.answers().answers());
        validation = Optional.of(scored);
        AnswerTask task = new AnswerTask(
                start.trained(recipe),
                size,
                start.link(),
                TrainingKeys.drops(recipe),
                scored,
                start.images().weights(),
                recipe.get(TrainingKeys.SEED));
        return List.of(TrainingPhase.first(
                train,
                updates -> TrainingKeys.plan(
                        recipe,
                        updates,
                        EncoderRecipe.policy(recipe, start.model().encoder())),
                task));
    }

    /** Size of a batch; the number of words is at most that of the longest question. */
    private AnswerSize size() {
        return new AnswerSize(
                recipe.get(TrainingKeys.BATCH),
                recipe.get(AnswererKeys.QUESTIONS_PER_IMAGE),
                LearnableQuestions.longest(images));
    }

    private BatchLoader<AnswerBatch> loader(Tokenizer words, AnswerSize size) {
        TrainingPipeline pipeline = start.images().pipeline(recipe);
        AnswerFormat format =
                new AnswerFormat(words, size.words(), start.answers().targets(start.link()));
        return BatchLoader.shuffled(
                Splits.dataset(data.splits().source() + ", training", images.train()),
                format.of(pipeline, size.each()),
                LoaderOptions.of(size.images(), recipe.get(TrainingKeys.SEED)).withThreads(dataThreads));
    }

    @Override
    public void saveWeights(Path directory, Parameters weights) throws IOException {
        AnswererWriter.saveWeights(directory, start.model(), weights);
    }

    /** Scores the finished answerer's answers on the validation images. */
    @Override
    public AnswererScores evaluate(Path directory, Backend backend) {
        try (VisualAnswerer answerer =
                VisualAnswerer.load(directory, AnswererOptions.defaults().withBackend(backend))) {
            return AnswererScores.of(answerer, images.validation(), AnswererScores.FIGURES);
        }
    }

    @Override
    public List<BrokenImage> broken() {
        Stream<BrokenImage> trained = training.stream().flatMap(loader -> loader.broken().stream());
        Stream<BrokenImage> scored = validation.stream().flatMap(each -> each.broken().stream());
        return Stream.concat(trained, scored).distinct().toList();
    }

    @Override
    public void close() {
        training.ifPresent(BatchLoader::close);
        tokenizer.ifPresent(Tokenizer::close);
        start.close();
        data.close();
    }
}
