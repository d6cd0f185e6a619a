package org.fovea.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.nn.DropRates;
import org.fovea.vit.Presets;
import org.fovea.vit.TrainableClassifier;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Where a run starts: a published size with fresh weights, or a checkpoint, which also says how images are prepared.
 *
 * @param normalization of the training images
 * @param files what the trained model is saved as
 * @param source closed with this
 */
record StartingPoint(
        TrainableClassifier model,
        PixelNormalization normalization,
        ClassifierWriter files,
        Optional<PretrainedModel> source)
        implements AutoCloseable {
    /**
     * What the recipe asks for.
     *
     * @param source a checkpoint, in place of the recipe's preset
     * @throws RecipeException when the recipe does not fit the model
     * @throws org.fovea.core.ModelFormatException when the checkpoint is wrong
     * @throws IllegalArgumentException when no layout holds the trained model
     */
    static StartingPoint of(Optional<Path> source, Recipe recipe, List<String> labels) throws IOException {
        return source.isPresent() ? checkpoint(source.get(), recipe, labels) : fresh(recipe, labels);
    }

    private static StartingPoint checkpoint(Path folder, Recipe recipe, List<String> labels) throws IOException {
        ImageProcessor own = ImageProcessor.load(folder);
        int pixels = recipe.whole(RecipeKey.IMAGE_SIZE);
        ImageProcessor processor = pixels == 0 ? own : own.withImageSize(pixels);
        PretrainedModel published = PretrainedModel.open(folder);
        try {
            TrainableClassifier model = sized(
                    TrainableClassifier.fineTuned(published, labels, drops(recipe), recipe.whole(RecipeKey.SEED)),
                    processor);
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

    private static TrainableClassifier sized(TrainableClassifier model, ImageProcessor processor) {
        try {
            return model.withImage(processor.height(), processor.width());
        } catch (IllegalArgumentException e) {
            throw new RecipeException("the image size: " + e.getMessage() + "; give another \"image_size\"", e);
        }
    }

    private static StartingPoint fresh(Recipe recipe, List<String> labels) {
        if (recipe.flag(RecipeKey.FREEZE_BACKBONE)) {
            throw new RecipeException("\"freeze_backbone\" needs a checkpoint to start from, got the preset "
                    + recipe.text(RecipeKey.MODEL) + " with fresh weights; give --model a checkpoint folder");
        }
        ClassifierConfig config;
        try {
            config = Presets.named(recipe.text(RecipeKey.MODEL)).withClasses(labels.size());
            int pixels = recipe.whole(RecipeKey.IMAGE_SIZE);
            config = pixels == 0 ? config : config.withImage(pixels, pixels);
        } catch (IllegalArgumentException e) {
            throw new RecipeException("the recipe's model: " + e.getMessage(), e);
        }
        List<Double> mean = recipe.colour(RecipeKey.IMAGE_MEAN);
        List<Double> std = recipe.colour(RecipeKey.IMAGE_STD);
        boolean crop = recipe.text(RecipeKey.FIT).equals("crop");
        Preprocessing preprocessing = new Preprocessing(
                config.imageHeight(),
                config.imageWidth(),
                crop ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                mean,
                std);
        return new StartingPoint(
                TrainableClassifier.fresh(config, drops(recipe), recipe.whole(RecipeKey.SEED)),
                new PixelNormalization(mean, std),
                ClassifierWriter.of(config, labels, preprocessing),
                Optional.empty());
    }

    private static DropRates drops(Recipe recipe) {
        return new Ingredients(recipe).drops();
    }

    @Override
    public void close() {
        source.ifPresent(PretrainedModel::close);
    }
}
