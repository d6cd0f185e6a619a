package org.fovea.studies.nuclei;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.RandomLevels;
import org.fovea.core.data.augment.RandomWarp;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.train.CropBatches;
import org.fovea.segmentation.train.ObjectEvaluation;
import org.fovea.segmentation.train.SegmentationEvaluation;
import org.fovea.segmentation.train.SegmentationObjective;
import org.fovea.segmentation.train.SegmentationSample;
import org.fovea.segmentation.train.SegmentationTask;

/** Settings of the network of nuclei, one place for all of them. */
public final class NucleiTraining {
    static final int PIXELS = 160;
    static final int BATCH = 8;
    static final int UPDATES = 500; // between two evaluations
    static final Watershed WATERSHED = new Watershed(0.5, 0.15, 16, 64);

    private static final List<Integer> WIDTHS = List.of(32, 64, 96, 128);
    private static final double RATE = 2e-3;
    private static final double DECAY = 0.01;
    private static final double AVERAGE = 0.998;
    private static final double BORDER = 2;

    private NucleiTraining() {}

    static AttentionUNet model(FeatureAttention attention) {
        return new AttentionUNet(WIDTHS, attention, 2, true);
    }

    static CropBatches crops(long seed) {
        return crops(PIXELS, seed);
    }

    /** Square crops of so many pixels a side. */
    public static CropBatches crops(int pixels, long seed) {
        Augmentation changes = Augmentation.sequence(
                List.of(new RandomWarp(pixels, pixels, 0.6, 2.2, 45, 1.5), new RandomLevels(2, 1.2, 1.1, 2)));
        return new CropBatches(changes, 2, List.of(1.0, 1.0), BORDER, seed);
    }

    static SegmentationTask task(
            AttentionUNet model, Optional<Parameters> start, SegmentationEvaluation evaluation, long seed) {
        return new SegmentationTask(
                model, PIXELS, PIXELS, BATCH, SegmentationObjective.standard(), start, evaluation, seed);
    }

    /** Scores of objects. */
    public static SegmentationEvaluation evaluation(List<SegmentationSample> samples) {
        return new ObjectEvaluation(samples, WATERSHED);
    }

    static TrainingPlan plan(int epochs, Backend backend, long seed) {
        int steps = epochs * UPDATES;
        return TrainingPlan.builder(
                        Optimizer.adamW(DECAY),
                        new Schedule.Cosine(RATE, RATE / 10, RATE / 100, Math.min(UPDATES, steps / 10), steps))
                .epochs(epochs)
                .precision(backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32)
                .clipNorm(1)
                .emaDecay(AVERAGE)
                .seed(seed)
                .build();
    }

    /** Images whose names say that they are of a kind. */
    static List<SegmentationSample> ofKind(List<SegmentationSample> samples, String kind) {
        List<SegmentationSample> out = new ArrayList<>(samples);
        out.removeIf(sample -> !sample.name().contains("/" + kind + "-"));
        return out;
    }

    static Map<String, List<SegmentationSample>> kinds(List<SegmentationSample> samples) {
        return Map.of("grey", ofKind(samples, "grey"), "colour", ofKind(samples, "colour"));
    }
}
