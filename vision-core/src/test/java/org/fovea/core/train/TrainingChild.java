package org.fovea.core.train;

import java.nio.file.Path;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.metric.ClassificationScores;
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
        run(store(folder, keep), listener);
        System.out.println("done");
    }

    static CheckpointStore store(Path folder, int keep) {
        return CheckpointStore.in(folder, keep, 2, "{\"test\": true}");
    }

    /** 15 updates of two batches with dropout, decay, clipping and a moving average. */
    static TrainingResult run(CheckpointStore store, TrainingListener listener) {
        return trainer(store, listener).resume(train(), validation());
    }

    static Trainer trainer(CheckpointStore store, TrainingListener listener) {
        TrainingSettings settings = TrainingSettings.builder()
                .epochs(EPOCHS)
                .seed(11)
                .clipNorm(1)
                .emaDecay(0.9)
                .accumulation(2)
                .build();
        TrainingRecipe recipe = new TrainingRecipe(
                settings,
                LossFunction.crossEntropy(0.1),
                Optimizer.adamW(0.05),
                Schedule.cosine(0.01, 3, STEPS),
                ParameterPolicy.standard());
        return new Trainer(new Nd4jBackend(), new TinyModel(), recipe, store, listener);
    }

    static ShapeImages train() {
        return ShapeImages.training(42, 4, TinyModel.SIDE);
    }

    static ShapeImages validation() {
        return ShapeImages.evaluation(10, 4, TinyModel.SIDE);
    }

    /** Whether two scores are of the same answers. */
    static boolean same(ClassificationScores a, ClassificationScores b) {
        return a.images() == b.images() && a.meanLoss() == b.meanLoss() && a.topAccuracy(1) == b.topAccuracy(1);
    }
}
