package org.fovea.studies.glimpses;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.StudyTask;
import org.fovea.studies.digits.Digits;

/**
 * Trains a model of glimpses and scores it on the test digits.
 *
 * @param scene place of the digits, in training and in the test
 * @param rate the highest learning rate, of Adam; it rises for a hundredth of the steps and falls along a cosine to 0
 */
record GlimpseStudy(
        Backend backend, Scene scene, RecurrentAttentionModel model, Gaze gaze, int batch, int steps, double rate) {
    private static final String IMAGES = "images";
    private static final String TARGETS = "targets";
    private static final long TEST_SEED = 10_000;

    /** The wrong share of the test digits after training from a seed, or going on where the folder {@code state} was left. */
    double run(Digits train, Digits test, long seed, Path state) {
        double[] counted = new double[2]; // right ones and all
        StudyTask<Map<String, Tensor>> task = new StudyTask<>(
                () -> loss(new Graph()),
                graph -> InitialParameters.of(graph, seed),
                inputs -> inputs,
                (inputs, outputs) -> {
                    counted[0] += right(outputs.get(Gaze.LOGITS), inputs.get(TARGETS));
                    counted[1] += batch;
                });
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(0), new Schedule.Cosine(rate, rate / 100, 0, steps / 100, steps))
                .epochs(StudyTask.parts(steps))
                .build();
        Parameters learned = task.train(
                backend,
                plan,
                StudyTask.drawn(batch, steps, step -> inputs(train, new Random((seed << Integer.SIZE) + step))),
                StudyTask.checkpoints(state),
                () -> {
                    String line =
                            String.format(Locale.ROOT, "training error %.2f%%", 100 * (1 - counted[0] / counted[1]));
                    Arrays.fill(counted, 0);
                    return line;
                });
        return error(learned, test);
    }

    private Value loss(Graph graph) {
        Value images = graph.input(IMAGES, batch, 1, scene.side(), scene.side());
        Value targets = graph.input(TARGETS, batch, Digits.CLASSES);
        Value choices = gaze.build(graph, model, images, targets);
        return Losses.crossEntropy(graph.outputs().get(Gaze.LOGITS), targets, 0).add(choices);
    }

    /** A batch of training digits, drawn and distorted at random. */
    private Map<String, Tensor> inputs(Digits train, Random random) {
        int area = scene.side() * scene.side();
        float[] images = new float[batch * area];
        float[] targets = new float[batch * Digits.CLASSES];
        for (int i = 0; i < batch; i++) {
            int index = random.nextInt(train.size());
            scene.distort(train, index, random, images, i * area);
            targets[i * Digits.CLASSES + train.label(index)] = 1;
        }
        return inputs(images, targets, random, 1);
    }

    private Map<String, Tensor> inputs(float[] images, float[] targets, Random random, double noise) {
        Map<String, Tensor> inputs = new HashMap<>(gaze.inputs(model, batch, random, noise));
        inputs.put(IMAGES, Tensor.of(images, batch, 1, scene.side(), scene.side()));
        inputs.put(TARGETS, Tensor.of(targets, batch, Digits.CLASSES));
        return inputs;
    }

    /** The wrong share of all test digits, each placed once by a fixed seed, the policy looking where it likes best. */
    private double error(Parameters learned, Digits test) {
        Graph graph = new Graph();
        loss(graph);
        Random random = new Random(TEST_SEED);
        int area = scene.side() * scene.side();
        int right = 0;
        try (Program program = backend.compile(graph, learned, Precision.F32)) {
            for (int first = 0; first < test.size(); first += batch) {
                float[] images = new float[batch * area];
                float[] targets = new float[batch * Digits.CLASSES]; // zeros beyond the last digit count as wrong
                for (int i = 0; i < Math.min(batch, test.size() - first); i++) {
                    scene.place(test, first + i, random, images, i * area);
                    targets[i * Digits.CLASSES + test.label(first + i)] = 1;
                }
                Map<String, Tensor> inputs = inputs(images, targets, random, 0);
                inputs.keySet().retainAll(graph.inputs().keySet());
                right += right(program.run(inputs).get(Gaze.LOGITS), inputs.get(TARGETS));
            }
        }
        return 1 - (double) right / test.size();
    }

    private static int right(Tensor logits, Tensor targets) {
        float[] all = logits.toFloats();
        float[] wanted = targets.toFloats();
        int right = 0;
        for (int row = 0; row < all.length; row += Digits.CLASSES) {
            right += (int) wanted[row + Likeliest.of(all, row, Digits.CLASSES)];
        }
        return right;
    }
}
