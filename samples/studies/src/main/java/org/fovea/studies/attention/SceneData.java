package org.fovea.studies.attention;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.augment.HorizontalFlip;
import org.fovea.core.data.scenes.ObjectShape;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.LabelMask;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.metric.SemanticScores;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.model.PixelPredictor;
import org.fovea.segmentation.train.CropBatches;
import org.fovea.segmentation.train.SegmentationBatch;
import org.fovea.segmentation.train.SegmentationEvaluation;
import org.fovea.segmentation.train.SegmentationSample;

/** Drawn scenes, whose pixels are of the shape that they show or of the background; scored on other scenes. */
final class SceneData implements ComparedData {
    static final String NAME = "scenes";

    private static final int CLASSES = 1 + ObjectShape.values().length;
    private static final int PIXELS = 64;
    private static final int TRAIN = 3000;
    private static final int UNSEEN = 300;
    private static final long TRAIN_SEED = 1;
    private static final long UNSEEN_SEED = 2;

    private final List<SegmentationSample> train = samples(TRAIN_SEED, TRAIN);
    private final List<SegmentationSample> unseen = samples(UNSEEN_SEED, UNSEEN);

    private static List<SegmentationSample> samples(long seed, int count) {
        SceneDataset scenes = new SceneDataset(SceneOptions.defaults(), seed, count, PIXELS, 1);
        return IntStream.range(0, count)
                .mapToObj(i -> sample("scene " + i, scenes.get(i)))
                .toList();
    }

    private static SegmentationSample sample(String name, SceneSample scene) {
        LabelMask shapes = LabelMask.of(PIXELS, PIXELS, SceneMasks.shapes(scene.scene(), PIXELS));
        return new SegmentationSample(name, scene.picture(), shapes, Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AttentionUNet model(FeatureAttention attention) {
        return new AttentionUNet(WIDTHS, attention, CLASSES, false);
    }

    @Override
    public int pixels() {
        return PIXELS;
    }

    @Override
    public BatchSource<SegmentationBatch> batches(long seed, int batch, int count) {
        return new CropBatches(new HorizontalFlip(0.5), CLASSES, Collections.nCopies(CLASSES, 1.0), 0, seed)
                .of(train, batch, count);
    }

    @Override
    public SegmentationEvaluation evaluation() {
        return this::score;
    }

    private Metrics score(PixelNetwork model, Parameters weights, Backend backend, Precision precision) {
        SemanticScores pixels = new SemanticScores(CLASSES, SegmentationSample.IGNORED);
        try (PixelPredictor predictor = new PixelPredictor(model, backend, weights, precision)) {
            unseen.forEach(sample -> pixels.add(
                    sample.classes(), predictor.predict(sample.image()).classes()));
        }
        double shapes =
                IntStream.range(1, CLASSES).mapToDouble(pixels::iou).average().orElseThrow();
        return new Metrics(
                List.of(Metric.higher("shape_iou", shapes), Metric.higher("pixel_accuracy", pixels.pixelAccuracy())),
                "shape_iou");
    }

    @Override
    public List<String> scores() {
        return List.of("shape_iou", "pixel_accuracy");
    }
}
