package org.fovea.cli.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a recipe can say, each with its value where it does not. */
public enum RecipeKey {
    /** A published size to train from scratch, or a checkpoint to fine-tune. */
    MODEL("cct-2-3x2"),
    /** Side of the square input in pixels; 0 for the model's own. */
    IMAGE_SIZE(0, 16_384),
    /** Passes over the training images. */
    EPOCHS(1, 100, 100_000),
    /** Images of one step. */
    BATCH(1, 128, 65_536),
    /** {@code f32} or {@code bf16}. */
    PRECISION("f32", "f32", "bf16"),
    /** Decides initial weights, order, augmentation and dropout. */
    SEED(0, Integer.MAX_VALUE),

    /** {@code adamw} or {@code sgd}. */
    OPTIMIZER("adamw", "adamw", "sgd"),
    /** The highest learning rate. */
    LEARNING_RATE(0, 5e-4, 1000),
    /** Decoupled from the gradient with AdamW. */
    WEIGHT_DECAY(0, 0.06, 1000),
    /** Of SGD. */
    MOMENTUM(0, 0.9, 0.9999),
    /** {@code cosine}, {@code step} or {@code constant}, after the warm-up. */
    SCHEDULE("cosine", "cosine", "step", "constant"),
    /** Epochs in which the rate rises to its highest. */
    WARMUP_EPOCHS(0, 10.0, 100_000),
    /** The rate of the first step, where there is a warm-up. */
    WARMUP_LEARNING_RATE(0, 1e-5, 1000),
    /** The rate a cosine ends at. */
    FINAL_LEARNING_RATE(0, 1e-5, 1000),
    /** Epochs between the drops of a step schedule. */
    STEP_EPOCHS(1, 30, 100_000),
    /** What a step schedule multiplies the rate with at each drop. */
    STEP_FACTOR(0, 0.1, 1),
    /** Factor of the learning rate from block to block, the last one's being 1. */
    LAYER_DECAY(0.01, 1.0, 1),
    /** Batches whose gradients make one step. */
    ACCUMULATION(1, 1, 65_536),
    /** Largest norm of all gradients together; 0 for no clipping. */
    CLIP_NORM(0, 0.0, 1e9),
    /** Decay of the moving average of weights; 0 for none. */
    EMA_DECAY(0, 0.0, 0.99999999),
    /** Epochs without a better metric after which training stops; 0 for never. */
    PATIENCE(0, 100_000),
    /** Which number of the validation an epoch is judged by. */
    METRIC("top1", "top1", "top5", "mean_recall", "loss"),
    /** Which epoch's weights are saved in the end: {@code best} by the metric, or {@code last}. */
    KEEP("best", "best", "last"),

    /** Computes blocks again for their backward rather than keeping them: less memory, more time. */
    GRADIENT_CHECKPOINTING(false),
    /** Trains the head alone. */
    FREEZE_BACKBONE(false),
    /** Share of elements dropped. */
    DROPOUT(0, 0.0, 0.99),
    /** Share of attention weights dropped. */
    ATTENTION_DROPOUT(0, 0.0, 0.99),
    /** Share of images for which the last block is left out. */
    STOCHASTIC_DEPTH(0, 0.0, 0.99),
    /** Share of each target given to all classes alike. */
    LABEL_SMOOTHING(0, 0.0, 0.99),
    /** {@code cross_entropy} or {@code binary_cross_entropy}. */
    LOSS("cross_entropy", "cross_entropy", "binary_cross_entropy"),
    /** Weighs classes by how rare they are. */
    CLASS_WEIGHTS(false),

    /** Pixels by which images of the right size are moved at most; 0 for none. */
    PADDED_CROP(0, 1024),
    /** Smallest share of an image that a random crop, resized to the input, shows; 1 crops nothing. */
    CROP_AREA(0.001, 1.0, 1),
    /** Widest ratio of a random crop's sides. */
    CROP_RATIO(1, 4.0 / 3, 10),
    /** Probability of mirroring. */
    FLIP(0, 0.5, 1),
    /** Probability of turning by quarters and mirroring, each of the eight ways alike. */
    ORIENTATION(0, 0.0, 1),
    /** Strength of random brightness, contrast and saturation. */
    COLOR_JITTER(0, 0.0, 10),
    /** RandAugment in timm's words, such as {@code rand-m9-mstd0.5-inc1}; {@code none} for none. */
    RAND_AUGMENT("none"),
    /** AutoAugment's learned policy, {@code cifar10}; {@code none} for none. */
    AUTO_AUGMENT("none", "none", "cifar10"),
    /** Probability of covering a rectangle. */
    RANDOM_ERASING(0, 0.0, 1),
    /** Alpha of mixup; 0 for none. */
    MIXUP(0, 0.0, 1000),
    /** Alpha of CutMix; 0 for none. */
    CUTMIX(0, 0.0, 1000),
    /** Epochs with mixup and CutMix; 0 for all. */
    MIX_EPOCHS(0, 100_000),

    /** The split to learn from. */
    TRAIN_SPLIT("train"),
    /** The split that each epoch is scored on; {@code auto} for {@code val} where there is one, else a share set aside. */
    VALIDATION_SPLIT("auto"),
    /** Share of the training images set aside where there is no validation split. */
    VALIDATION_SHARE(0.0001, 0.1, 0.9),
    /**
     * Decides which those are: not {@link #SEED}, for a model trained further with another seed would be validated on images
     * that it was trained on.
     */
    VALIDATION_SEED(1, Integer.MAX_VALUE),
    /** {@code stretch} or {@code crop}: how images of another shape become the model's input when it is used. */
    FIT("stretch", "stretch", "crop"),
    /** Mean of R, G and B of samples from 0 to 1. */
    IMAGE_MEAN(List.of(0.485, 0.456, 0.406)),
    /** Deviation of R, G and B. */
    IMAGE_STD(List.of(0.229, 0.224, 0.225));

    /** What a value may be. */
    private enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        COLOUR
    }

    private final Kind kind;
    private final Object initial;
    private final double least;
    private final double most;
    private final List<String> choices;

    RecipeKey(Kind kind, Object initial, double least, double most, String... choices) {
        this.kind = kind;
        this.initial = initial;
        this.least = least;
        this.most = most;
        this.choices = List.of(choices);
    }

    RecipeKey(String initial, String... choices) {
        this(Kind.TEXT, initial, 0, 0, choices);
    }

    RecipeKey(boolean initial) {
        this(Kind.FLAG, initial, 0, 0);
    }

    RecipeKey(int initial, int most) {
        this(Kind.WHOLE, initial, 0, most);
    }

    RecipeKey(int least, int initial, int most) {
        this(Kind.WHOLE, initial, least, most);
    }

    RecipeKey(double least, double initial, double most) {
        this(Kind.NUMBER, initial, least, most);
    }

    RecipeKey(List<Double> initial) {
        this(Kind.COLOUR, initial, -1000, 1000);
    }

    /** The key in the file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of that name. */
    static Optional<RecipeKey> of(String key) {
        return Arrays.stream(values()).filter(k -> k.key().equals(key)).findFirst();
    }

    Object initial() {
        return initial;
    }

    /** The rule for a value, in words. */
    String rule() {
        return switch (kind) {
            case TEXT -> choices.isEmpty() ? "a string" : "one of " + choices;
            case FLAG -> "true or false";
            case WHOLE -> "a whole number from " + (long) least + " to " + (long) most;
            case NUMBER -> "a number from " + least + " to " + most;
            case COLOUR -> "three numbers, for R, G and B";
        };
    }

    /** The value in the form in which it is kept, or empty where it breaks the rule. */
    Optional<Object> accept(Object value) {
        return switch (kind) {
            case TEXT ->
                value instanceof String s && (choices.isEmpty() || choices.contains(s))
                        ? Optional.of(s)
                        : Optional.empty();
            case FLAG -> value instanceof Boolean b ? Optional.of(b) : Optional.empty();
            case WHOLE ->
                inRange(value) && ((Number) value).doubleValue() == Math.rint(((Number) value).doubleValue())
                        ? Optional.of(((Number) value).intValue())
                        : Optional.empty();
            case NUMBER -> inRange(value) ? Optional.of(((Number) value).doubleValue()) : Optional.empty();
            case COLOUR ->
                value instanceof List<?> list
                                && list.size() == 3
                                && list.stream().allMatch(this::inRange)
                        ? Optional.of(list.stream()
                                .map(v -> ((Number) v).doubleValue())
                                .toList())
                        : Optional.empty();
        };
    }

    private boolean inRange(Object value) {
        return value instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most;
    }
}
