package org.fovea.vit.train;

import static org.fovea.core.train.AugmentationKeys.AUTO_AUGMENT;
import static org.fovea.core.train.AugmentationKeys.COLOR_JITTER;
import static org.fovea.core.train.AugmentationKeys.CROP_AREA;
import static org.fovea.core.train.AugmentationKeys.CROP_RATIO;
import static org.fovea.core.train.AugmentationKeys.FIT;
import static org.fovea.core.train.AugmentationKeys.FLIP;
import static org.fovea.core.train.AugmentationKeys.IMAGE_MEAN;
import static org.fovea.core.train.AugmentationKeys.IMAGE_STD;
import static org.fovea.core.train.AugmentationKeys.ORIENTATION;
import static org.fovea.core.train.AugmentationKeys.PADDED_CROP;
import static org.fovea.core.train.AugmentationKeys.RANDOM_ERASING;
import static org.fovea.core.train.AugmentationKeys.RAND_AUGMENT;
import static org.fovea.core.train.TrainingKeys.ACCUMULATION;
import static org.fovea.core.train.TrainingKeys.ATTENTION_DROPOUT;
import static org.fovea.core.train.TrainingKeys.BATCH;
import static org.fovea.core.train.TrainingKeys.CLIP_NORM;
import static org.fovea.core.train.TrainingKeys.DROPOUT;
import static org.fovea.core.train.TrainingKeys.EMA_DECAY;
import static org.fovea.core.train.TrainingKeys.EPOCHS;
import static org.fovea.core.train.TrainingKeys.FINAL_LEARNING_RATE;
import static org.fovea.core.train.TrainingKeys.FREEZE_BACKBONE;
import static org.fovea.core.train.TrainingKeys.GRADIENT_CHECKPOINTING;
import static org.fovea.core.train.TrainingKeys.KEEP;
import static org.fovea.core.train.TrainingKeys.LAYER_DECAY;
import static org.fovea.core.train.TrainingKeys.LEARNING_RATE;
import static org.fovea.core.train.TrainingKeys.MOMENTUM;
import static org.fovea.core.train.TrainingKeys.OPTIMIZER;
import static org.fovea.core.train.TrainingKeys.PATIENCE;
import static org.fovea.core.train.TrainingKeys.PRECISION;
import static org.fovea.core.train.TrainingKeys.SCHEDULE;
import static org.fovea.core.train.TrainingKeys.SEED;
import static org.fovea.core.train.TrainingKeys.STEP_EPOCHS;
import static org.fovea.core.train.TrainingKeys.STEP_FACTOR;
import static org.fovea.core.train.TrainingKeys.STOCHASTIC_DEPTH;
import static org.fovea.core.train.TrainingKeys.WARMUP_EPOCHS;
import static org.fovea.core.train.TrainingKeys.WARMUP_LEARNING_RATE;
import static org.fovea.core.train.TrainingKeys.WEIGHT_DECAY;

import java.util.List;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;

/** The keys of a classifier's {@link TrainingConfig}: those that tasks share, and its own. */
public final class ClassifierKeys {
    /** A published size to train from scratch, or a checkpoint to fine-tune. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", "cct-2-3x2");
    /** Side of the square input in pixels; 0 for the model's own. */
    public static final ConfigKey<Integer> IMAGE_SIZE = ConfigKey.whole("image_size", 0, 0, 16_384);
    /** The number of the validation that an epoch is judged by. */
    public static final ConfigKey<String> METRIC =
            ConfigKey.text("metric", "top1", "top1", "top5", "mean_recall", "loss");
    /** Share of each target given to all classes alike. */
    public static final ConfigKey<Double> LABEL_SMOOTHING = ConfigKey.number("label_smoothing", 0, 0.0, 0.99);
    /** {@code cross_entropy} or {@code binary_cross_entropy}. */
    public static final ConfigKey<String> LOSS =
            ConfigKey.text("loss", "cross_entropy", "cross_entropy", "binary_cross_entropy");
    /** Weighs classes by how rare they are. */
    public static final ConfigKey<Boolean> CLASS_WEIGHTS = ConfigKey.flag("class_weights", false);
    /** Alpha of mixup; 0 for none. */
    public static final ConfigKey<Double> MIXUP = ConfigKey.number("mixup", 0, 0.0, 1000);
    /** Alpha of CutMix; 0 for none. */
    public static final ConfigKey<Double> CUTMIX = ConfigKey.number("cutmix", 0, 0.0, 1000);
    /** Epochs with mixup and CutMix; 0 for all. */
    public static final ConfigKey<Integer> MIX_EPOCHS = ConfigKey.whole("mix_epochs", 0, 0, 100_000);
    /** The split to learn from. */
    public static final ConfigKey<String> TRAIN_SPLIT = ConfigKey.text("train_split", "train");
    /** The split that each epoch is scored on; {@code auto} for {@code val} where there is one, else a share set aside. */
    public static final ConfigKey<String> VALIDATION_SPLIT = ConfigKey.text("validation_split", "auto");
    /** Share of the training images set aside where there is no validation split. */
    public static final ConfigKey<Double> VALIDATION_SHARE = ConfigKey.number("validation_share", 0.0001, 0.1, 0.9);
    /**
     * Decides which those are: not the seed of the run, for a model trained further with another seed would be validated on
     * images that it was trained on.
     */
    public static final ConfigKey<Integer> VALIDATION_SEED =
            ConfigKey.whole("validation_seed", 0, 1, Integer.MAX_VALUE);

    /** All keys, in the order of files. */
    static final List<ConfigKey<?>> ALL = List.of(
            MODEL,
            IMAGE_SIZE,
            EPOCHS,
            BATCH,
            PRECISION,
            SEED,
            OPTIMIZER,
            LEARNING_RATE,
            WEIGHT_DECAY,
            MOMENTUM,
            SCHEDULE,
            WARMUP_EPOCHS,
            WARMUP_LEARNING_RATE,
            FINAL_LEARNING_RATE,
            STEP_EPOCHS,
            STEP_FACTOR,
            LAYER_DECAY,
            ACCUMULATION,
            CLIP_NORM,
            EMA_DECAY,
            PATIENCE,
            METRIC,
            KEEP,
            GRADIENT_CHECKPOINTING,
            FREEZE_BACKBONE,
            DROPOUT,
            ATTENTION_DROPOUT,
            STOCHASTIC_DEPTH,
            LABEL_SMOOTHING,
            LOSS,
            CLASS_WEIGHTS,
            PADDED_CROP,
            CROP_AREA,
            CROP_RATIO,
            FLIP,
            ORIENTATION,
            COLOR_JITTER,
            RAND_AUGMENT,
            AUTO_AUGMENT,
            RANDOM_ERASING,
            MIXUP,
            CUTMIX,
            MIX_EPOCHS,
            TRAIN_SPLIT,
            VALIDATION_SPLIT,
            VALIDATION_SHARE,
            VALIDATION_SEED,
            FIT,
            IMAGE_MEAN,
            IMAGE_STD);

    private ClassifierKeys() {}

    /** The usual value of every key. */
    public static TrainingConfig defaults() {
        return TrainingConfig.of(ALL);
    }
}
