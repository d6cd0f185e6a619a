package org.fovea.vit.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.Presets;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;

/**
 * The start of a run: a published size with random weights, or a checkpoint, which also says how images are prepared.
 *
 * @param normalization normalization of the training images
 * @param files format in which the trained model is saved
 * @param source source of the weights, closed with this object
 */
record StartingPoint(
        TrainableClassifier model,
        PixelNormalization normalization,
        ClassifierWriter files,
        Optional<PretrainedModel> source)
        implements AutoCloseable {
    /**
     * Creates the starting point that the recipe describes.
     *
     * @param source checkpoint in place of the recipe's preset
     * @throws TrainingConfigException when the recipe does not fit the model
     * @throws org.fovea.core.ModelFormatException when the checkpoint is wrong
     * @throws IllegalArgumentException when no checkpoint format can express the trained model
     */
    static StartingPoint of(Optional<Path> source, TrainingConfig recipe, List<String> labels) throws IOException {
        return source.isPresent() ? checkpoint(source.get(), recipe, labels) : fromScratch(recipe, labels);
    }

    private static StartingPoint checkpoint(Path folder, TrainingConfig recipe, List<String> labels)
            throws IOException {
        ImageProcessor own = ImageProcessor.load(folder);
        int pixels = recipe.get(ClassifierKeys.IMAGE_SIZE);
        ImageProcessor processor = pixels == 0 ? own : own.withImageSize(pixels);
        PretrainedModel published = PretrainedModel.open(folder);
        try {
            TrainableClassifier model = straightened(
                    sized(
                            TrainableClassifier.fineTuning(
                                    published, labels, TrainingKeys.drops(recipe), recipe.get(TrainingKeys.SEED)),
                            processor),
                    recipe);
            return new StartingPoint(
                    model,
                    new PixelNormalization(processor.mean(), processor.std()),
                    ClassifierWriter.like(folder, model.config(), labels),
                    Optional.of(published));
        } catch (RuntimeException | IOException e) {
            published.close();
            throw e;
        }
    }

    private static TrainableClassifier straightened(TrainableClassifier model, TrainingConfig recipe) {
        Optional<SpatialFront> front = SpatialFront.of(recipe.get(ClassifierKeys.SPATIAL_TRANSFORMER));
        try {
            return front.isPresent() ? model.withFront(front.get(), recipe.get(TrainingKeys.SEED)) : model;
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException(
                    "the checkpoint's front: " + e.getMessage() + "; give its own \"spatial_transformer\", or none", e);
        }
    }

    private static TrainableClassifier sized(TrainableClassifier model, ImageProcessor processor) {
        try {
            return model.withImage(processor.height(), processor.width());
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException("the image size: " + e.getMessage() + "; give another \"image_size\"", e);
        }
    }

    private static StartingPoint fromScratch(TrainingConfig recipe, List<String> labels) {
        if (recipe.get(TrainingKeys.FREEZE_BACKBONE)) {
            throw new TrainingConfigException("\"freeze_backbone\" needs a checkpoint to start from, got the preset "
                    + recipe.get(ClassifierKeys.MODEL) + " with fresh weights; give --model a checkpoint folder");
        }
        ClassifierConfig config;
        try {
            config = Presets.named(recipe.get(ClassifierKeys.MODEL)).withClasses(labels.size());
            int pixels = recipe.get(ClassifierKeys.IMAGE_SIZE);
            config = pixels == 0 ? config : config.withImage(pixels, pixels);
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException("the recipe's model: " + e.getMessage(), e);
        }
        List<Double> mean = recipe.get(AugmentationKeys.IMAGE_MEAN);
        List<Double> std = recipe.get(AugmentationKeys.IMAGE_STD);
        boolean crop = recipe.get(AugmentationKeys.FIT).equals("crop");
        Preprocessing preprocessing = new Preprocessing(
                config.imageHeight(),
                config.imageWidth(),
                crop ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                mean,
                std);
        TrainableClassifier model = straightened(
                TrainableClassifier.fromScratch(config, TrainingKeys.drops(recipe), recipe.get(TrainingKeys.SEED)),
                recipe);
        return new StartingPoint(
                model,
                new PixelNormalization(mean, std),
                ClassifierWriter.of(model.config(), labels, preprocessing),
                Optional.empty());
    }

    @Override
    public void close() {
        source.ifPresent(PretrainedModel::close);
    }
}
