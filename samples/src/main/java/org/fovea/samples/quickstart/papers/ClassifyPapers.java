package org.fovea.samples.quickstart.papers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.nn.Drops;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.GraphTrainer;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.core.train.TrainingSettings;

/**
 * Learns the topics of Cora's papers from 20 labelled papers a topic, with graph attention, and scores the 1,000 test papers.
 *
 * <p>Training stops after 100 epochs in which neither the validation loss nor the validation accuracy has reached its best; the
 * epoch that counts is the last one that reached both, as in the paper's own code. The test papers decide nothing.
 *
 * @see <a href="https://arxiv.org/abs/1710.10903">Veličković et al. 2018, section 3.3 and table 2: 83.0 ± 0.7%</a>
 */
public final class ClassifyPapers {
    private static final double RATE = 0.005;
    private static final int PATIENCE = 100;
    private static final int REPORT = 100;
    private static final int LONGEST = 100_000;

    private ClassifyPapers() {}

    /**
     * Runs it.
     *
     * @param args the zip file of the citation graph, the number of seeds, and optionally the first seed (1)
     * @throws IOException when the file cannot be read
     */
    public static void main(String[] args) throws IOException {
        CitationGraph papers = CitationGraph.read(Path.of(args[0]));
        int seeds = Integer.parseInt(args[1]);
        int first = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        List<Double> scores = new ArrayList<>();
        for (int seed = first; seed < first + seeds; seed++) {
            scores.add(100 * run(papers, seed));
        }
        double mean = scores.stream().mapToDouble(s -> s).average().orElseThrow();
        double variance =
                scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum() / Math.max(1, seeds - 1);
        System.out.printf(
                Locale.ROOT, "%d seeds: test %.2f%% ± %.2f (standard deviation)%n", seeds, mean, Math.sqrt(variance));
    }

    /** The test accuracy of one training. */
    private static double run(CitationGraph papers, long seed) {
        PaperNetwork network = new PaperNetwork(papers);
        TrainingRecipe recipe =
                TrainingRecipe.of(TrainingSettings.builder().build(), Optimizer.adamW(0), Schedule.constant(RATE));
        Best best = new Best();
        long started = System.nanoTime();
        try (GraphTrainer trainer = new GraphTrainer(
                OneDnnBackend.create(),
                network.graph(),
                network.loss(),
                InitialParameters.of(network.graph(), seed),
                recipe)) {
            int epoch = 0;
            while (epoch < LONGEST && best.waiting < PATIENCE) {
                int drop = Math.toIntExact((seed * LONGEST + epoch) % Integer.MAX_VALUE);
                best.look(epoch++, papers, trainer.results(Map.of(Drops.SEED, Tensor.of(new int[] {drop}, 1))));
                if (epoch % REPORT == 0) {
                    System.err.printf(Locale.ROOT, "  epoch %d  validation %.1f%%%n", epoch, 100 * best.highest);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: test %.1f%%  validation %.1f%%, loss %.3f  epoch %d of %d  %.0f s%n",
                    seed,
                    100 * best.test,
                    100 * best.accuracy,
                    best.loss,
                    best.epoch,
                    epoch,
                    (System.nanoTime() - started) / 1e9);
        }
        return best.test;
    }

    /** The best so far, by the validation papers. */
    private static final class Best {
        private double lowest = Double.POSITIVE_INFINITY;
        private double highest;
        private int waiting;
        private int epoch;
        private double accuracy;
        private double loss;
        private double test;

        void look(int now, CitationGraph papers, Map<String, Tensor> results) {
            Tensor logits = results.get(PaperNetwork.LOGITS);
            double nowLoss = results.get(PaperNetwork.VALIDATION_LOSS).toDoubles()[0];
            double nowAccuracy = papers.accuracy(logits, papers.part("val"));
            boolean low = nowLoss <= lowest;
            boolean high = nowAccuracy >= highest;
            waiting = low || high ? 0 : waiting + 1;
            lowest = Math.min(lowest, nowLoss);
            highest = Math.max(highest, nowAccuracy);
            if (low && high) {
                epoch = now;
                loss = nowLoss;
                accuracy = nowAccuracy;
                test = papers.accuracy(logits, papers.part("test"));
            }
        }
    }
}
