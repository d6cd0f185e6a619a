package org.fovea.studies.answers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchLoader;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.Splits;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.nn.DropRates;
import org.fovea.core.text.Tokenizer;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.model.AnswerHead;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.QuestionVocabulary;
import org.fovea.vqa.train.AnswerBatch;
import org.fovea.vqa.train.AnswerFormat;
import org.fovea.vqa.train.AnswerSize;
import org.fovea.vqa.train.AnswerTask;
import org.fovea.vqa.train.AnswerVocabulary;
import org.fovea.vqa.train.AnsweredImage;
import org.fovea.vqa.train.ListedAnswers;

/**
 * Trains an answerer of easy-VQA's questions; goes on where it was stopped when it is started again. The weights are chosen by a
 * part of the training pictures, and the test pictures are asked about once, at the end. Leaves a model in the folder.
 */
public final class EasyVqa {
    private static final int PIXELS = 64;
    private static final int WIDTH = 64;
    private static final int POSITIONS = 16;
    private static final int IMAGES = 8;
    private static final int QUESTIONS = 8;
    private static final int EPOCHS = 10;
    private static final double RATE = 1e-3;
    private static final double DECAY = 0.01;
    private static final double VALIDATION_SHARE = 0.1;
    private static final AnswerSize SIZE = new AnswerSize(IMAGES, QUESTIONS, POSITIONS);

    private final Path folder;
    private final AnswerHead head;
    private final long seed;

    private EasyVqa(Path folder, AnswerHead head, long seed) {
        this.folder = folder;
        this.head = head;
        this.seed = seed;
    }

    /**
     * Trains and scores.
     *
     * @param args the folder; the zip file of easy-VQA; a head, such as {@code relation}; and optionally the seed (1)
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
        AnswerHead head = AnswerHead.valueOf(args[2].toUpperCase(Locale.ROOT));
        try (DataFiles files = DataFiles.open(Path.of(args[1]))) {
            new EasyVqa(Path.of(args[0]), head, seed)
                    .run(EasyVqaData.read(files, "train"), EasyVqaData.read(files, "test"));
        }
    }

    private void run(List<AnsweredImage> all, List<AnsweredImage> test) throws IOException {
        List<List<AnsweredImage>> parts =
                Splits.of("easy-VQA", Map.of("train", all)).divide("train", VALIDATION_SHARE, 1);
        QuestionVocabulary words = QuestionVocabulary.of(
                all.stream().flatMap(image -> image.questions().stream()).map(question -> question.text()), 1);
        AnswerVocabulary answers = AnswerVocabulary.of(all.stream().flatMap(image -> image.questions().stream()), 1);
        AttentiveAnswerer model = new AttentiveAnswerer(
                new ConvEncoder(PIXELS, WIDTH),
                head,
                words.size(),
                POSITIONS,
                answers.answers().size(),
                WIDTH);
        AnswererWriter.saveDescription(folder, model, words, answers.answers());
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            Run run = new Run(model, answers, tokenizer, ImageProcessor.load(folder));
            TrainingResult result = run.train(parts.get(0), parts.get(1));
            AnswererWriter.saveWeights(folder, model, result.bestWeights());
            System.out.printf(
                    "%s, seed %d, test: %s%n",
                    head,
                    seed,
                    ProgressLines.text(
                            run.task(test).evaluate(result.bestWeights(), Backends.automatic(), Precision.F32)));
        }
    }

    /** A model with what it is trained by. */
    private final class Run {
        private final AttentiveAnswerer model;
        private final AnswerVocabulary answers;
        private final Tokenizer tokenizer;
        private final ImageProcessor processor;

        Run(AttentiveAnswerer model, AnswerVocabulary answers, Tokenizer tokenizer, ImageProcessor processor) {
            this.model = model;
            this.answers = answers;
            this.tokenizer = tokenizer;
            this.processor = processor;
        }

        AnswerTask task(List<AnsweredImage> scored) {
            ListedAnswers evaluation = new ListedAnswers(scored, SIZE, processor, tokenizer, answers.answers());
            return new AnswerTask(
                    model, SIZE, Link.SOFTMAX, DropRates.none(), evaluation, Optional.empty(), seed);
        }

        TrainingResult train(List<AnsweredImage> images, List<AnsweredImage> validation) throws IOException {
            Backend backend = Backends.automatic();
            TrainingPipeline pipeline = new TrainingPipeline(PIXELS, PIXELS, List.of(), PixelNormalization.half());
            AnswerFormat format = new AnswerFormat(tokenizer, POSITIONS, answers.targets(Link.SOFTMAX));
            Checkpoints checkpoints = Checkpoints.in(folder.resolve("checkpoints"), 2, 1000, head + " " + EPOCHS);
            try (BatchLoader<AnswerBatch> batches = BatchLoader.shuffled(
                            Splits.dataset("easy-VQA", images),
                            format.of(pipeline, QUESTIONS),
                            LoaderOptions.of(IMAGES, seed).withThreads(1));
                    RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
                int updates = batches.batchesPerEpoch();
                TrainingPlan plan = TrainingPlan.builder(
                                Optimizer.adamW(DECAY),
                                new Schedule.Cosine(RATE, RATE / 10, RATE / 100, updates, (long) updates * EPOCHS))
                        .epochs(EPOCHS)
                        .clipNorm(1)
                        .seed(seed)
                        .build();
                return new Trainer<>(backend, task(validation), plan, checkpoints, log).resume(batches);
            }
        }
    }
}
