package org.fovea.segmentation.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPhase;
import org.fovea.core.train.TrainingSetup;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.hub.PretrainedSegmenter;
import org.fovea.segmentation.hub.SegmenterWriter;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.model.PixelSegmenter;

/** Training of a {@link PixelNetwork} on images with masks. All images are held in memory, four bytes a pixel and more. */
public final class SegmenterSetup implements TrainingSetup<SegmentationBatch, SegmenterScores> {
    private static final int NORM_BATCHES = 100;

    private final TrainingConfig recipe;
    private final SegmenterSamples samples;
    private final PixelNetwork model;
    private final List<String> labels;
    private final Optional<Parameters> start;
    private Optional<BatchSource<SegmentationBatch>> batches = Optional.empty();
    private Optional<Backend> used = Optional.empty();

    private SegmenterSetup(
            TrainingConfig recipe,
            SegmenterSamples samples,
            PixelNetwork model,
            List<String> labels,
            Optional<Parameters> start) {
        this.recipe = recipe;
        this.samples = samples;
        this.model = model;
        this.labels = labels;
        this.start = start;
    }

    /**
     * Opens data and model.
     *
     * @param data data set in a format of {@link SegmentationData#open}
     * @param source checkpoint to continue from; empty for a new network
     * @throws TrainingConfigException when the recipe does not fit the model, or the model the data
     * @throws org.fovea.core.data.DataSetException when the data cannot train a segmenter
     */
    public static SegmenterSetup open(Path data, Optional<Path> source, TrainingConfig recipe) {
        SegmenterSamples samples = SegmenterSamples.open(data, recipe);
        if (source.isEmpty()) {
            PixelNetwork model = SegmenterKeys.network(recipe, samples.labels().size(), samples.hasObjects());
            return new SegmenterSetup(recipe, samples, model, samples.labels(), Optional.empty()).checked();
        }
        PretrainedSegmenter trained = PretrainedSegmenter.open(source.get());
        if (!(trained.spec().model() instanceof PixelSegmenter ours)) {
            trained.close();
            throw new TrainingConfigException("the model to train further must be an " + SegmenterKeys.FROM_SCRATCH
                    + " that was trained here, got " + source.get());
        }
        PixelNetwork model = ours.network();
        if (model.classes() != samples.labels().size() || model.hasDistance() != samples.hasObjects()) {
            trained.close();
            throw new TrainingConfigException(source.get() + ": the model must have the data's " + samples.labels()
                    + (samples.hasObjects() ? " and tell objects apart" : " without telling objects apart") + ", got "
                    + trained.spec().labels());
        }
        return new SegmenterSetup(recipe, samples, model, trained.spec().labels(), Optional.of(trained.parameters()))
                .checked();
    }

    private SegmenterSetup checked() {
        check("image_size", recipe.get(SegmenterKeys.IMAGE_SIZE));
        check("tile_size", recipe.get(SegmenterKeys.TILE));
        return this;
    }

    private void check(String key, int pixels) {
        if (pixels % model.stride() != 0) {
            close();
            throw new TrainingConfigException(
                    key + " must be a multiple of " + model.stride() + " for this model, got " + pixels);
        }
    }

    @Override
    public void saveDescription(Path directory) throws IOException {
        SegmenterWriter.saveDescription(
                directory, model, labels, SegmenterKeys.watershed(recipe), recipe.get(SegmenterKeys.TILE));
    }

    @Override
    public List<TrainingPhase<SegmentationBatch>> phases(Path directory, Backend backend) {
        int batch = recipe.get(TrainingKeys.BATCH);
        int seed = recipe.get(TrainingKeys.SEED);
        int side = recipe.get(SegmenterKeys.IMAGE_SIZE);
        double crops = samples.train().size() * recipe.get(SegmenterKeys.CROPS);
        CropBatches source = new CropBatches(
                SegmenterKeys.augmentation(recipe),
                model.classes(),
                samples.classWeights(recipe.get(SegmenterKeys.CLASS_WEIGHTS)),
                recipe.get(SegmenterKeys.BORDER_WEIGHT),
                seed);
        int updates = recipe.get(TrainingKeys.ACCUMULATION);
        BatchSource<SegmentationBatch> train =
                source.of(samples.train(), batch, (int) Math.max(updates, Math.ceil(crops / batch)));
        batches = Optional.of(train);
        used = Optional.of(backend);
        SegmentationEvaluation evaluation = samples.hasObjects()
                ? new ObjectEvaluation(samples.validation(), SegmenterKeys.watershed(recipe))
                : new ClassEvaluation(samples.validation());
        SegmentationTask task = new SegmentationTask(
                model, side, side, batch, SegmenterKeys.objective(recipe), start, evaluation, seed);
        return List.of(TrainingPhase.first(
                train, count -> TrainingKeys.plan(recipe, count, ParameterPolicy.standard()), task));
    }

    /** {@inheritDoc} The statistics of batch normalization are measured anew. */
    @Override
    public void saveWeights(Path directory, Parameters weights) throws IOException {
        Parameters precise = PreciseNorms.measure(
                model, weights, batches.orElseThrow(), NORM_BATCHES, used.orElseThrow(), Precision.F32);
        SegmenterWriter.saveWeights(directory, model, precise);
    }

    @Override
    public SegmenterScores evaluate(Path directory, Backend backend) {
        SegmenterOptions options = SegmenterOptions.defaults().withBackend(backend);
        try (ImageSegmenter segmenter = ImageSegmenter.load(directory, options)) {
            return SegmenterScores.of(segmenter, samples.validation());
        }
    }

    @Override
    public void close() {
        batches.ifPresent(BatchSource::close);
        start.ifPresent(Parameters::close);
    }
}
