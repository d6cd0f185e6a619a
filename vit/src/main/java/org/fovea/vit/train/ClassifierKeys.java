package org.fovea.vit.train;

import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;

/** The keys of a classifier's {@link TrainingConfig}: those that tasks share, and its own. */
public final class ClassifierKeys {
    private static final String NO_FRONT = "none";
    /** Published size to train from scratch, or checkpoint to fine-tune. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", "cct-2-3x2");
    /** Side of the square input in pixels; 0 for the model's own. */
    public static final ConfigKey<Integer> IMAGE_SIZE = ConfigKey.whole("image_size", 0, 0, 16_384);
    /**
     * Spatial transformer that learns to straighten images: {@code none}, {@code affine} or {@code thin_plate}; that of a
     * checkpoint is kept.
     */
    public static final ConfigKey<String> SPATIAL_TRANSFORMER = ConfigKey.text(
            "spatial_transformer",
            NO_FRONT,
            Stream.concat(Stream.of(NO_FRONT), SpatialFront.labels().stream()).toArray(String[]::new));
    /** Validation metric that selects the best epoch. */
    public static final ConfigKey<String> METRIC =
            ConfigKey.text("metric", "top1", "top1", "top5", "mean_recall", "loss");
    /** Label smoothing: the probability that is distributed evenly over all classes. */
    public static final ConfigKey<Double> LABEL_SMOOTHING = ConfigKey.number("label_smoothing", 0, 0.0, 0.99);
    /** Loss: {@code cross_entropy} or {@code binary_cross_entropy}. */
    public static final ConfigKey<String> LOSS =
            ConfigKey.text("loss", "cross_entropy", "cross_entropy", "binary_cross_entropy");
    /** Weighting of classes by their rarity. */
    public static final ConfigKey<Boolean> CLASS_WEIGHTS = ConfigKey.flag("class_weights", false);
    /** Parameter alpha of mixup; 0 for none. */
    public static final ConfigKey<Double> MIXUP = ConfigKey.number("mixup", 0, 0.0, 1000);
    /** Parameter alpha of CutMix; 0 for none. */
    public static final ConfigKey<Double> CUTMIX = ConfigKey.number("cutmix", 0, 0.0, 1000);
    /** Epochs with mixup and CutMix; 0 for all. */
    public static final ConfigKey<Integer> MIX_EPOCHS = ConfigKey.whole("mix_epochs", 0, 0, 100_000);
    /** All keys, in the order in which files list them. */
    static final List<ConfigKey<?>> ALL = Stream.of(
                    List.<ConfigKey<?>>of(TrainingKeys.task("classify"), MODEL, IMAGE_SIZE, SPATIAL_TRANSFORMER),
                    TrainingKeys.ALL,
                    List.<ConfigKey<?>>of(METRIC, LABEL_SMOOTHING, LOSS, CLASS_WEIGHTS),
                    AugmentationKeys.ALL,
                    List.<ConfigKey<?>>of(MIXUP, CUTMIX, MIX_EPOCHS))
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private ClassifierKeys() {}

    /** Default of every key. */
    public static TrainingConfig defaults() {
        return TrainingConfig.of(ALL);
    }
}
