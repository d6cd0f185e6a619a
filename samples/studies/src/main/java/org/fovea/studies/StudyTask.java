package org.fovea.studies;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Task;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;

/**
 * The task of a study, which is scored when it is over, and the loop of all studies.
 *
 * @param <B> a batch
 * @param graph builds the loss, in a new graph at each call
 * @param start first values of a graph's parameters
 * @param input the inputs of a batch
 * @param output hears what came of a batch
 */
public record StudyTask<B>(
        Supplier<Value> graph,
        Function<Graph, WeightSource> start,
        Function<B, Map<String, Tensor>> input,
        BiConsumer<B, Map<String, Tensor>> output)
        implements Task<B> {
    private static final int REPORTS = 20;

    @Override
    public Value loss() {
        return graph.get();
    }

    @Override
    public WeightSource initialParameters() {
        return start.apply(loss().graph());
    }

    @Override
    public Map<String, Tensor> inputs(B batch, Step step) {
        return input.apply(batch);
    }

    @Override
    public void onOutputs(B batch, Map<String, Tensor> outputs) {
        output.accept(batch, outputs);
    }

    /** The number of equal parts, up to {@value #REPORTS}, that a run of so many steps has; each ends with a line and a checkpoint. */
    public static int parts(int steps) {
        return IntStream.rangeClosed(1, REPORTS)
                .filter(parts -> steps % parts == 0)
                .max()
                .orElseThrow();
    }

    /**
     * Batches that are drawn anew in every step.
     *
     * @param batchSize samples of each
     * @param steps of the whole run
     * @param draw the batch of a step, by its number from 0
     */
    public static <B> BatchSource<B> drawn(int batchSize, int steps, LongFunction<B> draw) {
        int each = steps / parts(steps);
        return BatchSource.generated(batchSize, each, epoch -> number -> draw.apply((long) epoch * each + number));
    }

    /** Checkpoints of a run that goes on where it was left when it is started again. */
    public static Checkpoints checkpoints(Path folder) {
        return Checkpoints.in(folder, 1, Long.MAX_VALUE, "");
    }

    /**
     * Trains, from the checkpoints where there are some, and prints a line now and then.
     *
     * @param report the end of a line, about the steps since the last
     * @return the weights in the end
     */
    public Parameters train(
            Backend backend,
            TrainingPlan plan,
            BatchSource<B> batches,
            Checkpoints checkpoints,
            Supplier<String> report) {
        int stride = Math.max(1, plan.epochs() / REPORTS);
        TrainingListener lines = new TrainingListener() {
            private double seconds;

            @Override
            public void onEpoch(Epoch epoch) {
                seconds += epoch.seconds();
                if ((epoch.epoch() + 1) % stride == 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "  step %d  loss %.4f  %s  %.0f s%n",
                            epoch.step(),
                            epoch.trainingLoss(),
                            report.get(),
                            seconds);
                }
            }
        };
        return new Trainer<>(backend, this, plan, checkpoints, lines)
                .resume(batches)
                .lastWeights();
    }
}
