package org.fovea.core.train;

import java.nio.file.Path;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.testing.ShapeImages;

/** A small run for tests, also as a process of its own: prints each step's number, then "done". */
final class TrainingChild {
    static final int EPOCHS = 3;
    static final int STEPS = EPOCHS * 5;

    private TrainingChild() {}

    public static void main(String[] arguments) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Step step) {
                System.out.println("step " + step.step());
            }
        };
        Path folder = Path.of(arguments[0]);
        int keep = Integer.parseInt(arguments[1]);
        run(checkpoints(folder, keep), listener);
        System.out.println("done");
    }

    static Checkpoints checkpoints(Path folder, int keep) {
        return Checkpoints.in(folder, keep, 2, "{\"test\": true}");
    }

    /** 15 updates of two batches with dropout, decay, clipping and a moving average. */
    static TrainingResult run(Checkpoints checkpoints, TrainingListener listener) {
        return trainer(checkpoints, listener).resume(train());
    }

    static Trainer<ClassificationBatch> trainer(Checkpoints checkpoints, TrainingListener listener) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0.05), Schedule.cosine(0.01, 3, STEPS))
                .epochs(EPOCHS)
                .seed(11)
                .clipNorm(1)
                .emaDecay(0.9)
                .accumulation(2)
                .build();
        return new Trainer<>(new Nd4jBackend(), task("top1", 0.1), plan, checkpoints, listener);
    }

    static TinyTask task(String judge, double smoothing) {
        return new TinyTask(ShapeImages.evaluation(10, TinyTask.BATCH, TinyTask.SIDE), judge, smoothing);
    }

    static ShapeImages train() {
        return ShapeImages.training(42, TinyTask.BATCH, TinyTask.SIDE);
    }
}
