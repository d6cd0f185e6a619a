package org.fovea.studies.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.BatchSource;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.StudyTask;

/**
 * Names digits that were turned, scaled and moved, with a fully connected network alone and with a spatial transformer in front,
 * and draws what the transformer makes of the first test digits.
 *
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, table 1, RTS: 5.2% error without, 0.8% with</a>
 */
public final class StraightenDigits {
    private static final int BATCH = 100;
    private static final long TEST_SEED = 12345;
    private static final double RATE = 1e-3;
    private static final String TARGETS = "targets";

    private final Backend backend = Backends.automatic();
    private final Digits train;
    private final Digits test;

    private StraightenDigits(Path data) throws IOException {
        train = Digits.read(data, "train");
        test = Digits.read(data, "test");
    }

    /**
     * Runs the study.
     *
     * @param args the data (a zip file of {@code split/digit/*.png}), the picture to draw, the epochs, the number of seeds
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        StraightenDigits study = new StraightenDigits(Path.of(args[0]));
        int epochs = Integer.parseInt(args[2]);
        int seeds = Integer.parseInt(args[3]);
        System.out.printf("%d digits to learn from, %d to test with%n", study.train.size(), study.test.size());
        for (DigitNetwork network : List.of(DigitNetwork.straightening(), DigitNetwork.plain())) {
            Graph graph = network.graph(BATCH);
            long weights = graph.parameters().values().stream()
                    .mapToLong(value -> value.shape().size())
                    .sum();
            boolean straightens = network.transformer().isPresent();
            System.out.println((straightens ? "with" : "without") + " a spatial transformer, " + weights + " weights");
            double[] errors = new double[seeds];
            for (int seed = 1; seed <= seeds; seed++) {
                Parameters learned = study.train(network, epochs, seed);
                errors[seed - 1] = study.error(network, learned);
                System.out.printf(Locale.ROOT, "  seed %d: test error %.2f%%%n", seed, errors[seed - 1]);
                if (straightens && seed == 1) {
                    study.draw(network, learned, Path.of(args[1]));
                }
            }
            double mean = IntStream.range(0, seeds)
                    .mapToDouble(i -> errors[i])
                    .average()
                    .orElseThrow();
            System.out.printf(Locale.ROOT, "  mean of %d seeds %.2f%%%n", seeds, mean);
        }
    }

    private Parameters train(DigitNetwork network, int epochs, long seed) {
        int batches = train.size() / BATCH;
        int[] counted = new int[2]; // mistakes and digits
        StudyTask<DigitBatch> task = new StudyTask<>(
                () -> loss(network),
                graph -> network.start(graph, seed),
                batch -> Map.of(DigitNetwork.IMAGES, batch.images(), TARGETS, batch.targets()),
                (batch, outputs) -> {
                    counted[0] += batch.mistakes(outputs.get(DigitNetwork.LOGITS));
                    counted[1] += BATCH;
                });
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(0), Schedule.cosine(RATE, batches, (long) epochs * batches))
                .policy(ParameterPolicy.standard().scaled(DigitNetwork::rate))
                .precision(backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32)
                .clipNorm(1)
                .epochs(epochs)
                .build();
        return task.train(
                backend,
                plan,
                BatchSource.generated(BATCH, batches, epoch -> shuffled(new Random((seed << Integer.SIZE) + epoch))),
                Checkpoints.none(),
                () -> {
                    String line = String.format(Locale.ROOT, "training error %.2f%%", 100.0 * counted[0] / counted[1]);
                    Arrays.fill(counted, 0);
                    return line;
                });
    }

    private static Value loss(DigitNetwork network) {
        Graph graph = network.graph(BATCH);
        Value targets = graph.input(TARGETS, BATCH, Digits.CLASSES);
        return Losses.crossEntropy(graph.outputs().get(DigitNetwork.LOGITS), targets, 0);
    }

    /** All training digits in a random order, by the number of the batch. */
    private IntFunction<DigitBatch> shuffled(Random random) {
        List<Integer> all = IntStream.range(0, train.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(all, random);
        return number -> new DigitBatch(
                train,
                IntStream.range(number * BATCH, (number + 1) * BATCH)
                        .map(all::get)
                        .toArray(),
                random);
    }

    private static DigitBatch of(Digits digits, int first, Random random) {
        return new DigitBatch(digits, IntStream.range(first, first + BATCH).toArray(), random);
    }

    /** The test error in per cent; each digit is distorted once, the same for every network. */
    private double error(DigitNetwork network, Parameters learned) {
        Random random = new Random(TEST_SEED);
        int mistakes = 0;
        try (Program program = backend.compile(network.graph(BATCH), learned, Precision.F32)) {
            for (int first = 0; first + BATCH <= test.size(); first += BATCH) {
                DigitBatch batch = of(test, first, random);
                Map<String, Tensor> results = program.run(Map.of(DigitNetwork.IMAGES, batch.images()));
                mistakes += batch.mistakes(results.get(DigitNetwork.LOGITS));
            }
        }
        return 100.0 * mistakes / (test.size() / BATCH * BATCH);
    }

    /** Draws digits from all over the test set, before and after. */
    private void draw(DigitNetwork network, Parameters learned, Path file) throws IOException {
        int apart = test.size() / BATCH;
        int[] chosen = IntStream.range(0, BATCH).map(i -> i * apart).toArray();
        DigitBatch batch = new DigitBatch(test, chosen, new Random(TEST_SEED));
        try (Program program = backend.compile(network.graph(BATCH), learned, Precision.F32)) {
            Map<String, Tensor> results = program.run(Map.of(DigitNetwork.IMAGES, batch.images()));
            new DigitSheet(
                            batch.images().toFloats(),
                            results.get(DigitNetwork.STRAIGHTENED).toFloats(),
                            results.get(DigitNetwork.PLACES).toFloats())
                    .draw()
                    .writePng(file);
        }
    }
}
