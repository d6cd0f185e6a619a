package org.fovea.cli.train;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingPosition;

/** Progress that {@code fovea train} shows on the standard error: a line that changes on a terminal, a line for each epoch. */
final class TrainProgress implements TrainingListener {
    private static final long REDRAW_NANOS = 500_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final TrainTask<?> task;
    private final int imagesPerUpdate;
    private int epochs;
    private int updatesPerEpoch = 1;
    private long drawn;

    TrainProgress(PrintWriter err, boolean terminal, TrainTask<?> task, TrainingConfig recipe) {
        this.task = task;
        this.err = err;
        this.terminal = terminal;
        this.epochs = recipe.get(TrainingKeys.EPOCHS);
        this.imagesPerUpdate = recipe.get(TrainingKeys.BATCH) * recipe.get(TrainingKeys.ACCUMULATION);
    }

    @Override
    public void onPhase(String name, TrainingPlan plan) {
        epochs = plan.epochs();
        if (!name.isEmpty()) {
            err.println("fovea: " + name);
        }
    }

    @Override
    public void onStart(int updates, TrainingPosition position) {
        updatesPerEpoch = updates;
        if (position.step() > 0) {
            err.println("fovea: resuming at step " + position.step() + ", epoch " + (position.epoch() + 1));
        }
        err.println("fovea: " + epochs + " epochs of " + updates + " steps of " + imagesPerUpdate + " images");
        err.flush();
    }

    @Override
    public void onStep(Step step) {
        long now = System.nanoTime();
        if (!terminal || now - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = now;
        err.print(CLEAR_LINE + line(step));
        err.flush();
    }

    /** Formats a step in a line of at most 79 characters. */
    String line(Step step) {
        long left = (long) epochs * updatesPerEpoch - step.step();
        double seconds = left * imagesPerUpdate / step.samplesPerSecond();
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  %3d%%  loss %.3f  %.0f images/s  lr %.1e  %s left",
                step.epoch() + 1,
                epochs,
                100 * (step.step() - (long) step.epoch() * updatesPerEpoch) / updatesPerEpoch,
                step.loss(),
                step.samplesPerSecond(),
                step.learningRate(),
                time(seconds));
    }

    /** Formats a duration in hours, minutes and seconds, without needless parts. */
    static String time(double seconds) {
        if (!(seconds < 1e8)) {
            return "?";
        }
        Duration d = Duration.ofSeconds(Math.round(seconds));
        return d.toHours() > 0
                ? String.format("%dh%02dm", d.toHours(), d.toMinutesPart())
                : String.format("%dm%02ds", d.toMinutes(), d.toSecondsPart());
    }

    @Override
    public void onEpoch(Epoch epoch) {
        err.println(String.format(
                Locale.ROOT,
                "%sepoch %d/%d  loss %.3f%s  %s  %s%s",
                terminal ? CLEAR_LINE : "",
                epoch.epoch() + 1,
                epochs,
                epoch.trainingLoss(),
                validationLoss(epoch.metrics()),
                task.headline(epoch.metrics()),
                time(epoch.seconds()),
                epoch.best() ? "  best" : ""));
        err.flush();
    }

    private static String validationLoss(Metrics metrics) {
        return metrics.all().stream()
                .filter(metric -> metric.name().equals("loss"))
                .map(metric -> String.format(Locale.ROOT, "  validation loss %.3f", metric.value()))
                .findFirst()
                .orElse("");
    }

    /** Reports the images that were skipped. */
    void broken(List<BrokenImage> images) {
        images.forEach(image -> err.println("fovea: left out: " + image.problem()));
    }

    /** Ends the line. */
    void end() {
        if (terminal) {
            err.print(CLEAR_LINE);
        }
        err.flush();
    }
}
