package org.fovea.studies;

import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingListener;

/** Prints a line now and then. */
public final class ProgressLines implements TrainingListener {
    private static final int STRIDE = 20;

    private final DoubleSupplier reward;
    private double loss;
    private double rewards;
    private int count;

    /** Lines that tell no reward. */
    public ProgressLines() {
        this(() -> Double.NaN);
    }

    /**
     * Lines that tell a reward, too.
     *
     * @param reward of the batch before
     */
    public ProgressLines(DoubleSupplier reward) {
        this.reward = reward;
    }

    @Override
    public void onStep(Step step) {
        loss += step.loss();
        rewards += reward.getAsDouble();
        count++;
        if (step.step() % STRIDE == 0) {
            System.out.printf(
                    Locale.ROOT,
                    "  update %d  loss %.4f%s  gradient %.2f  %.1f pictures/s, waited %.0f ms%n",
                    step.step(),
                    loss / count,
                    Double.isNaN(rewards) ? "" : String.format(Locale.ROOT, "  reward %.3f", rewards / count),
                    step.gradientNorm(),
                    step.samplesPerSecond(),
                    step.waitedMillis());
            loss = 0;
            rewards = 0;
            count = 0;
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        System.out.printf(
                Locale.ROOT,
                "update %d  loss %.4f  %s  %.0f s%s%n",
                epoch.step(),
                epoch.trainingLoss(),
                text(epoch.metrics()),
                epoch.seconds(),
                epoch.best() ? "  best" : "");
    }

    /** The numbers of an evaluation, on one line. */
    public static String text(Metrics metrics) {
        return metrics.all().stream()
                .map(metric -> String.format(Locale.ROOT, "%s %.4f", metric.name(), metric.value()))
                .collect(Collectors.joining("  "));
    }
}
