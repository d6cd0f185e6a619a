package org.fovea.studies.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.engine.Backends;
import org.fovea.core.nn.DropRates;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vqa.hub.AnswererFamilies;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.model.AnswerHead;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.Grid;
import org.fovea.vqa.model.QuestionVocabulary;
import org.fovea.vqa.train.AnswerBatch;
import org.fovea.vqa.train.AnswerSize;
import org.fovea.vqa.train.AnswerTask;
import org.fovea.vqa.train.SceneAnswers;
import org.fovea.vqa.train.SceneQuestions;

/**
 * Trains an answerer of questions about drawn scenes, on new scenes in every step, its encoder starting as that of a captioner
 * or an answerer of such scenes; goes on where it was stopped when it is started again. Leaves a model in the folder.
 */
public final class AnswerScenes {
    private static final int PIXELS = 64;
    private static final int PLACES = 8; // to a side, of the encoder
    private static final int WIDTH = 128;
    private static final int POSITIONS = 24;
    private static final int LONGEST = 18; // words of a question
    private static final int IMAGES = 32;
    private static final int QUESTIONS = 5;
    private static final int UPDATES = 500; // between two evaluations
    private static final int CHECKPOINT_UPDATES = 250;
    private static final int FOR_WORDS = 3000;
    private static final int SEEN = 512;
    private static final int HELD_OUT = 256;
    private static final double RATE = 1e-3; // the highest, unless another is asked for
    private static final double DECAY = 0.01;
    private static final double AVERAGE = 0.998;
    private static final long DATA_SEED = 2000;

    private final AnswerHead head;
    private final int epochs;
    private final Path start;
    private final long seed;
    private final double gazeWeight;
    private final Lesson lesson;
    private final double rate;

    private AnswerScenes(
            AnswerHead head, int epochs, Path start, long seed, double gazeWeight, Lesson lesson, double rate) {
        this.head = head;
        this.epochs = epochs;
        this.start = start;
        this.seed = seed;
        this.gazeWeight = gazeWeight;
        this.lesson = lesson;
        this.rate = rate;
    }

    /**
     * Trains.
     *
     * @param args the folder; a head, such as {@code transformer}; thousands of steps; the folder of a captioner or an answerer of
     *     scenes of 64 pixels, whose weights it starts from as far as they have its names; optionally the seed (1); optionally the
     *     weight of the loss that teaches attention to lie on what the words name (0: attention is left to itself); optionally the
     *     questions asked, {@code even}, {@code relations} or {@code harder}; and optionally the highest rate (0.001)
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        AnswerHead head = AnswerHead.valueOf(args[1].toUpperCase(Locale.ROOT));
        int epochs = Integer.parseInt(args[2]) * 1000 / UPDATES;
        double gazeWeight = args.length > 5 ? Double.parseDouble(args[5]) : 0;
        Lesson lesson = args.length > 6 ? Lesson.valueOf(args[6].toUpperCase(Locale.ROOT)) : Lesson.EVEN;
        double rate = args.length > 7 ? Double.parseDouble(args[7]) : RATE;
        new AnswerScenes(head, epochs, Path.of(args[3]), seed, gazeWeight, lesson, rate).run(Path.of(args[0]));
    }

    private void run(Path folder) throws IOException {
        Backend backend = Backends.automatic();
        Precision precision = backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32;
        QuestionVocabulary words = QuestionVocabulary.of(questions().map(SceneQuestion::text), 2);
        List<String> answers =
                questions().map(SceneQuestion::answer).distinct().sorted().toList();
        AttentiveAnswerer model = new AttentiveAnswerer(
                new ConvEncoder(PIXELS, WIDTH), head, words.size(), POSITIONS, answers.size(), WIDTH);
        AnswererWriter.saveDescription(folder, model, words, answers);
        if (AnswererFamilies.ALL.canRead(start)) { // its words have numbers already
            for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
                Files.copy(start.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            train(folder, model, new Data(tokenizer, answers), weights(start), backend, precision);
        }
    }

    /** Weights of a model of ours, by the names that they have here too. */
    private static Parameters weights(Path model) {
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            return Parameters.of(file.names().stream().collect(Collectors.toMap(name -> name, name -> {
                Tensor half = file.tensor(name);
                return Tensor.of(half.toFloats(), half.shape().toArray());
            })));
        }
    }

    private void train(
            Path folder, AttentiveAnswerer model, Data data, Parameters first, Backend backend, Precision precision)
            throws IOException {
        SceneOptions others = SceneOptions.defaults().with(Combinations.HELD_OUT);
        SceneAnswers evaluation = new SceneAnswers(
                data.questions(SceneOptions.defaults(), DATA_SEED + 1, SEEN),
                data.questions(others, DATA_SEED + 2, HELD_OUT),
                IMAGES,
                lesson.tested());
        AnswerTask task = new AnswerTask(
                model,
                new AnswerSize(IMAGES, QUESTIONS, LONGEST),
                Link.SOFTMAX,
                DropRates.none(),
                gazeWeight,
                evaluation,
                Optional.of(first),
                seed);
        int steps = epochs * UPDATES;
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(DECAY), new Schedule.Cosine(rate, rate / 10, rate / 100, UPDATES, steps))
                .epochs(epochs)
                .precision(precision)
                .clipNorm(1)
                .emaDecay(AVERAGE)
                .seed(seed)
                .build();
        System.out.printf(
                "%s, %d words, %d answers, %d updates of %d questions about %d pictures, %s%n",
                head, model.vocabulary(), model.answers(), steps, IMAGES * QUESTIONS, IMAGES, precision);
        Checkpoints checkpoints = Checkpoints.in(
                folder.resolve("checkpoints"),
                2,
                CHECKPOINT_UPDATES,
                head + " " + steps + " " + gazeWeight + " " + lesson);
        SceneQuestions endless = data.questions(SceneOptions.defaults(), seed, Integer.MAX_VALUE);
        try (BatchSource<AnswerBatch> batches = endless.endless(IMAGES, UPDATES, lesson.mix());
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
            TrainingResult result = new Trainer<>(backend, task, plan, checkpoints, log).resume(batches);
            AnswererWriter.saveWeights(folder, model, result.bestWeights());
            System.out.println(ProgressLines.text(result.last()));
        }
    }

    /** Words and answers of all questions. */
    private record Data(Tokenizer tokenizer, List<String> answers) {
        SceneQuestions questions(SceneOptions options, long seed, int size) {
            SceneDataset scenes = new SceneDataset(options, seed, size, PIXELS, 1);
            return new SceneQuestions(
                    scenes, QUESTIONS, tokenizer, LONGEST, answers, Optional.of(new Grid(PLACES, PLACES)));
        }
    }

    private static Stream<SceneQuestion> questions() {
        SceneDataset some = new SceneDataset(SceneOptions.defaults(), DATA_SEED, FOR_WORDS, 16, 1);
        return IntStream.range(0, FOR_WORDS)
                .boxed()
                .flatMap(i -> SceneQuestions.ask(some.get(i), QUESTIONS, i).stream());
    }
}
