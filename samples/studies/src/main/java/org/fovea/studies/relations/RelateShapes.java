package org.fovea.studies.relations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.StudyTask;

/**
 * Learns to answer questions about six colored squares and circles (Sort-of-CLEVR), with a relation network and with a baseline
 * that reads the same features without relations, and scores both on 1,000 unseen scenes, 20,000 questions.
 *
 * <p>Departures from the paper: scenes may be drawn anew in every step instead of 9,800 seen again and again; the relation network
 * is narrower, and half of its g sees single objects; several questions of a scene share a step, so that the convolutions run
 * once a scene.
 *
 * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017, sections 4.3 and 5.3</a>
 */
public final class RelateShapes {
    private static final int SCENES = 8;
    private static final int TEST_BATCHES = 125;
    private static final double RATE = 3e-3;
    private static final int WARM_UP = 400;
    private static final long TEST_SEED = Long.MIN_VALUE;

    private final Backend backend = Backends.automatic();
    private final Path folder;
    private final long seed;
    private final long batches;

    /**
     * @param batches different ones to learn from
     */
    private RelateShapes(Path folder, long seed, long batches) {
        this.folder = folder;
        this.seed = seed;
        this.batches = batches;
    }

    /**
     * Runs the study.
     *
     * @param args a folder for checkpoints that an interrupted run goes on from, the steps of the relation network, those of
     *     the baseline,
     *     and optionally the seed (1) and how many scenes to learn from, again and again: 9,800 in the paper; new ones in every
     *     step
     *     where it is not said
     * @throws IOException when the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        RelateShapes study = new RelateShapes(
                Files.createDirectories(Path.of(args[0])),
                args.length > 3 ? Long.parseLong(args[3]) : 1,
                args.length > 4 ? Math.max(1, Long.parseLong(args[4]) / SCENES) : Long.MAX_VALUE);
        study.run(new Flattening(256, 3), Integer.parseInt(args[2]));
        study.run(new Relating(128, 64), Integer.parseInt(args[1]));
    }

    private void run(Answerer answerer, int steps) {
        if (steps > 0) {
            System.out.println(answerer.name());
            Parameters learned = train(answerer, steps);
            System.out.println("  test: " + test(answerer, learned));
        }
    }

    /** Trains an answerer; as the scenes of a step were never seen before, its marks are those of a test. */
    private Parameters train(Answerer answerer, int steps) {
        Marks[] marks = {new Marks()};
        StudyTask<Quiz> task = new StudyTask<>(
                () -> loss(answerer),
                graph -> InitialParameters.of(graph, seed),
                quiz -> {
                    Map<String, Tensor> inputs = new HashMap<>(quiz.inputs());
                    inputs.put(Quiz.ANSWERS, quiz.answers());
                    return inputs;
                },
                (quiz, outputs) -> quiz.mark(outputs.get(SceneNetwork.LOGITS), marks[0]));
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.cosine(RATE, WARM_UP, steps))
                .precision(backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32)
                .clipNorm(1)
                .epochs(StudyTask.parts(steps))
                .build();
        return task.train(
                backend,
                plan,
                StudyTask.drawn(SCENES, steps, step -> new Quiz(SCENES, seed * Integer.MAX_VALUE + step % batches)),
                StudyTask.checkpoints(folder.resolve(answerer.name().replace(' ', '-'))),
                () -> {
                    String line = marks[0].toString();
                    marks[0] = new Marks();
                    return line;
                });
    }

    private static Value loss(Answerer answerer) {
        Graph graph = new SceneNetwork(answerer, SCENES).training();
        Value targets = graph.input(Quiz.ANSWERS, SCENES * Quiz.QUESTIONS, Question.ANSWERS);
        return Losses.crossEntropy(graph.outputs().get(SceneNetwork.LOGITS), targets, 0);
    }

    private Marks test(Answerer answerer, Parameters learned) {
        Marks marks = new Marks();
        Graph graph = new SceneNetwork(answerer, SCENES).inference();
        try (Program program = backend.compile(graph, learned, Precision.F32)) {
            for (int i = 0; i < TEST_BATCHES; i++) {
                Quiz quiz = new Quiz(SCENES, TEST_SEED + i);
                quiz.mark(program.run(quiz.inputs()).get(SceneNetwork.LOGITS), marks);
            }
        }
        return marks;
    }
}
