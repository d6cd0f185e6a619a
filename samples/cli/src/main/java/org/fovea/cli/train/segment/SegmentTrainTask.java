package org.fovea.cli.train.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.train.task.Curves;
import org.fovea.cli.train.task.EvaluationRequest;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingSetup;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.hub.SegmenterFamilies;
import org.fovea.segmentation.train.SegmentationData;
import org.fovea.segmentation.train.SegmenterKeys;
import org.fovea.segmentation.train.SegmenterScores;
import org.fovea.segmentation.train.SegmenterSetup;

/** Segmentation of images. */
public final class SegmentTrainTask implements TrainTask<SegmenterScores> {

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public TrainingConfig defaults() {
        return SegmenterKeys.defaults();
    }

    @Override
    public String data() {
        return "split/images/*.png beside split/instances/*.png (objects) or split/masks/*.png (classes) in a folder or zip"
                + " file, a manifest (.csv: image, mask or instances, split), or a COCO file (.json)";
    }

    @Override
    public TrainingSetup<?, SegmenterScores> open(Path data, TrainingConfig recipe, int dataThreads)
            throws IOException {
        String model = recipe.get(SegmenterKeys.MODEL);
        Optional<Path> source = model.equals(SegmenterKeys.FROM_SCRATCH)
                ? Optional.empty()
                : Optional.of(ModelFolder.existing(model).orElse(Path.of(model)));
        return SegmenterSetup.open(data, source, recipe);
    }

    @Override
    public String headline(Metrics metrics) {
        return metrics.best()
                .map(best -> String.format(Locale.ROOT, "%s %.4f", best.name(), best.value()))
                .orElse("");
    }

    @Override
    public List<Curves> curves() {
        return List.of();
    }

    @Override
    public boolean reads(Path model) {
        return SegmenterFamilies.ALL.canRead(model);
    }

    @Override
    public SegmenterScores evaluate(EvaluationRequest request) {
        SegmenterOptions options = SegmenterOptions.defaults()
                .withBackend(request.backend())
                .withPrecision(request.precision())
                .withBatch(request.batch());
        try (SegmentationData data = SegmentationData.open(request.data());
                ImageSegmenter segmenter = ImageSegmenter.load(request.model(), options)) {
            return SegmenterScores.of(segmenter, data.samples(request.split(data.splits())));
        } catch (IllegalArgumentException e) { // the data have classes that the model lacks
            throw new FailureException(request.data() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ScoreReport report(SegmenterScores scores) {
        return new SegmentScoreReport(scores);
    }
}
