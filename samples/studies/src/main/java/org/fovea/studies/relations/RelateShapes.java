package org.fovea.studies.relations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.GraphTrainer;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingGraph;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.core.train.TrainingSettings;
import org.fovea.core.weights.Parameters;

/**
 * Learns to answer questions about six coloured squares and circles (Sort-of-CLEVR), with a relation network and with a baseline
 * that reads the same features without relations, and scores both on 1,000 unseen scenes, 20,000 questions.
 *
 * <p>Departures from the paper: scenes may be drawn anew in every step instead of 9,800 seen again and again; the relation network
 * is narrower, and half of its g sees single objects; several questions of a scene share a step, so that the convolutions run once a scene.
 *
 * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017, sections 4.3 and 5.3</a>
 */
public final class RelateShapes {
    private static final int SCENES = 8;
    private static final int TEST_BATCHES = 125;
    private static final int REPORT = 250;
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
     * @param args a folder for what an interrupted run goes on from, the steps of the relation network, those of the baseline,
     *     and optionally the seed (1) and how many scenes to learn from, again and again: 9,800 in the paper; new ones in every step
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

    private void run(Answerer answerer, int steps) throws IOException {
        if (steps > 0) {
            System.out.println(answerer.name());
            Parameters learned = train(answerer, steps);
            System.out.println("  test: " + test(answerer, learned));
        }
    }

    private Parameters train(Answerer answerer, int steps) throws IOException {
        Graph graph = new SceneNetwork(answerer, SCENES).training();
        Value logits = graph.outputs().get(SceneNetwork.LOGITS);
        Value targets = graph.input(Quiz.ANSWERS, SCENES * Quiz.QUESTIONS, Question.ANSWERS);
        TrainingSettings settings = TrainingSettings.builder()
                .precision(backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32)
                .clipNorm(1)
                .build();
        TrainingRecipe recipe = TrainingRecipe.of(settings, Optimizer.adamW(0), Schedule.cosine(RATE, WARM_UP, steps));
        Path saved = folder.resolve(answerer.name().replace(' ', '-') + ".safetensors");
        try (GraphTrainer trainer = new GraphTrainer(
                backend, graph, Losses.crossEntropy(logits, targets, 0), InitialParameters.of(graph, seed), recipe)) {
            if (Files.exists(saved)) {
                trainer.resume(saved);
            }
            while (trainer.steps() < steps) {
                stretch(trainer, Math.min(steps, trainer.steps() + REPORT));
                trainer.save(saved);
            }
            return trainer.parameters();
        }
    }

    /** Some steps and a line about them; where the scenes of a step were never seen before, the marks are those of a test. */
    private void stretch(GraphTrainer trainer, long until) {
        long first = trainer.steps();
        long began = System.nanoTime();
        Marks marks = new Marks();
        double loss = 0;
        while (trainer.steps() < until) {
            Quiz quiz = new Quiz(SCENES, seed * Integer.MAX_VALUE + trainer.steps() % batches);
            Map<String, Tensor> inputs = new HashMap<>(quiz.inputs());
            inputs.put(Quiz.ANSWERS, quiz.answers());
            Map<String, Tensor> results = trainer.results(inputs);
            loss += results.get(TrainingGraph.LOSS).toDoubles()[0];
            quiz.mark(results.get(SceneNetwork.LOGITS), marks);
        }
        long made = until - first;
        System.out.printf(
                Locale.ROOT,
                "  step %d  loss %.4f  %s  %.0f ms a step%n",
                until,
                loss / made,
                marks,
                (System.nanoTime() - began) / 1e6 / made);
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
