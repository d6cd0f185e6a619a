package org.fovea.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.image.ImageProcessor;
import org.fovea.vit.Presets;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A model named on the command line: a checkpoint, or a published size without its weights.
 *
 * @param name name as given by the user
 * @param stored configuration that the weights belong to
 * @param config {@code stored} for the image size in use
 * @param weights learned weights, or random ones for a preset
 * @param labels class names; empty for a preset
 * @param processor preprocessing; empty for a preset
 * @param files closed with this
 */
public record ModelChoice(
        String name,
        ClassifierConfig stored,
        ClassifierConfig config,
        WeightSource weights,
        List<String> labels,
        Optional<ImageProcessor> processor,
        Optional<PretrainedModel> files)
        implements AutoCloseable {
    private static final long SEED = 1;

    /**
     * Opens a checkpoint folder or creates a preset.
     *
     * @param imagePixels side of the image, or null for the model's own
     * @throws IllegalArgumentException when the name is neither, or the model does not support the size
     * @throws ModelFormatException when the checkpoint is wrong
     */
    public static ModelChoice of(String name, Integer imagePixels) {
        Path path = ModelFolder.of(name);
        return Files.exists(path) ? checkpoint(path, imagePixels) : preset(name, imagePixels);
    }

    private static ModelChoice checkpoint(Path directory, Integer imagePixels) {
        PretrainedModel model = PretrainedModel.open(directory);
        try {
            ImageProcessor own = ImageProcessor.load(directory);
            ImageProcessor processor = imagePixels == null ? own : own.withImageSize(imagePixels);
            ClassifierConfig config = model.config().withImage(processor.height(), processor.width());
            return new ModelChoice(
                    directory.toString(),
                    model.config(),
                    config,
                    model.parameters(),
                    model.labels(),
                    Optional.of(processor),
                    Optional.of(model));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static ModelChoice preset(String name, Integer imagePixels) {
        ClassifierConfig stored;
        try {
            stored = Presets.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "there is no folder " + name + ", and it is no preset. " + e.getMessage(), e);
        }
        ClassifierConfig config = imagePixels == null ? stored : stored.withImage(imagePixels, imagePixels);
        WeightSource weights = config.randomParameters(SEED);
        return new ModelChoice(name, config, config, weights, List.of(), Optional.empty(), Optional.empty());
    }

    /** Weights for an inference graph of {@link #config}. */
    public WeightSource inferenceWeights() {
        return stored.inferenceParameters(weights, config);
    }

    @Override
    public void close() {
        files.ifPresent(PretrainedModel::close);
    }
}
