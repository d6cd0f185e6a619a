package org.fovea.studies.attention;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.BatchSource;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.PreciseNorms;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationEvaluation;
import org.fovea.segmentation.train.SegmentationObjective;
import org.fovea.segmentation.train.SegmentationTask;
import org.fovea.studies.ProgramCost;
import org.fovea.studies.ProgressLines;

/** A run of the comparison: a network trained, scored and measured; all with the same budget. */
record Comparison(ComparedData data, FeatureAttention attention, long seed, Backend backend) {
    static final int UPDATES = 600;
    static final int BATCH = 8;
    static final int MEASURED_PIXELS = 256;

    private static final double RATE = 3e-3;
    private static final double DECAY = 0.01;
    private static final int NORM_BATCHES = 40;
    private static final int CHANNELS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    ComparisonLine run() {
        long start = System.nanoTime();
        AttentionUNet model = data.model(attention);
        Precision precision = backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32;
        Parameters weights = trained(model, precision);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Metrics scores = data.evaluation().score(model, weights, backend, precision);
        ProgramCost cost = cost(model, weights, precision);
        long parameters = model.parameterShapes().values().stream()
                .mapToLong(shape -> shape.size())
                .sum();
        return new ComparisonLine(
                data.name(),
                attention.key(),
                seed,
                parameters,
                scores.value(data.scores().get(0)),
                scores.value(data.scores().get(1)),
                seconds,
                cost.millis(),
                cost.bytes());
    }

    private Parameters trained(AttentionUNet model, Precision precision) {
        int pixels = data.pixels();
        SegmentationTask task = new SegmentationTask(
                model,
                pixels,
                pixels,
                BATCH,
                SegmentationObjective.standard(),
                Optional.empty(),
                SegmentationEvaluation.NONE,
                seed);
        Schedule rate = new Schedule.Cosine(RATE, RATE / 10, RATE / 100, UPDATES / 10, UPDATES);
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(DECAY), rate)
                .precision(precision)
                .clipNorm(1)
                .seed(seed)
                .build();
        try (BatchSource<SegmentationBatch> batches = data.batches(seed, BATCH, UPDATES)) {
            Parameters learned = new Trainer<>(backend, task, plan, Checkpoints.none(), new ProgressLines())
                    .fit(batches)
                    .lastWeights();
            return PreciseNorms.measure(model, learned, batches, NORM_BATCHES, backend, precision);
        }
    }

    private ProgramCost cost(AttentionUNet model, Parameters weights, Precision precision) {
        float[] noise = new float[CHANNELS * MEASURED_PIXELS * MEASURED_PIXELS];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble();
        }
        Tensor image = Tensor.of(noise, 1, CHANNELS, MEASURED_PIXELS, MEASURED_PIXELS);
        try (Program program = backend.compile(model.graph(1, MEASURED_PIXELS, MEASURED_PIXELS), weights, precision)) {
            return ProgramCost.of(program, Map.of(AttentionUNet.PIXELS, image));
        }
    }
}
