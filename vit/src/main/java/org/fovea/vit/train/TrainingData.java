package org.fovea.vit.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageDataset;
import org.fovea.core.data.LoaderOptions;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;

/**
 * The images of a training run: those to learn from and those that each epoch is scored on.
 *
 * @param train images to learn from
 * @param validation images to score on
 */
public record TrainingData(DataSplits splits, ImageDataset train, ImageDataset validation) implements AutoCloseable {
    private static final String AUTO = "auto";
    private static final List<String> VALIDATION_NAMES = List.of("val", "valid", "validation");

    /**
     * Opens a data set with the recipe's splits; a split named {@code test} is never used unless the recipe names it.
     *
     * @throws org.fovea.core.data.DataSetException when it is not a data set, or cannot train a classifier
     */
    public static TrainingData open(Path data, TrainingConfig recipe) {
        DataSplits splits = DataSplits.open(data);
        try {
            TrainingData out = divide(splits, recipe);
            out.train.checkTrainable();
            return out;
        } catch (RuntimeException e) {
            splits.close();
            throw e;
        }
    }

    private static TrainingData divide(DataSplits splits, TrainingConfig recipe) {
        String train = recipe.get(TrainingKeys.TRAIN_SPLIT);
        if (splits.names().equals(Set.of(DataSplits.UNDIVIDED)) && !train.equals(DataSplits.UNDIVIDED)) {
            throw new TrainingConfigException(splits + ": the split \"" + train + "\" must be there as " + train
                    + "/<class>/*.jpg, got class folders without splits; move them, or take them all by --set train_split="
                    + DataSplits.UNDIVIDED + ", which sets a share aside for validation");
        }
        String validation = recipe.get(TrainingKeys.VALIDATION_SPLIT);
        if (validation.equals(AUTO)) {
            validation = VALIDATION_NAMES.stream()
                    .filter(splits.names()::contains)
                    .findFirst()
                    .orElse(AUTO);
        }
        splits.get(train).checkTrainable();
        if (!validation.equals(AUTO)) {
            return new TrainingData(splits, splits.get(train), splits.get(validation));
        }
        double share = recipe.get(TrainingKeys.VALIDATION_SHARE);
        DataSplits divided = splits.withValidation(train, share, recipe.get(TrainingKeys.VALIDATION_SEED));
        return new TrainingData(divided, divided.get(DataSplits.TRAIN), divided.get(DataSplits.VALIDATION));
    }

    /** The class names by index. */
    public List<String> labels() {
        return train.classNames();
    }

    /** Shuffled, augmented batches. */
    public ClassificationLoader trainingBatches(TrainingConfig recipe, SamplePipeline pipeline, int threads) {
        double[] weights = new double[labels().size()];
        Arrays.fill(weights, 1);
        boolean weighted = recipe.get(ClassifierKeys.CLASS_WEIGHTS);
        return ClassificationLoader.training(
                train,
                pipeline,
                ClassifierTraining.mix(recipe, weighted ? train.classWeights() : weights),
                LoaderOptions.of(recipe.get(TrainingKeys.BATCH), recipe.get(TrainingKeys.SEED))
                        .withThreads(threads));
    }

    /** Validation images, preprocessed as the finished model will preprocess its images. */
    ClassificationLoader validationBatches(ImageProcessor processor, int batch) {
        return ClassificationLoader.evaluation(
                validation, SamplePipeline.of(processor), LoaderOptions.of(Math.min(batch, validation.size()), 0));
    }

    @Override
    public void close() {
        splits.close();
    }
}
