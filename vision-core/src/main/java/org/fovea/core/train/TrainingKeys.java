package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.nn.DropRates;

/** The keys of a {@link TrainingConfig} that tasks share, and the plan that they stand for. */
public final class TrainingKeys {
    private static final String TASK = "task";
    /** Number of passes over the training data. */
    public static final ConfigKey<Integer> EPOCHS = ConfigKey.whole("epochs", 1, 100, 100_000);
    /** Number of samples in a step. */
    public static final ConfigKey<Integer> BATCH = ConfigKey.whole("batch", 1, 128, 65_536);
    /** Precision: {@code f32} or {@code bf16}. */
    public static final ConfigKey<String> PRECISION = ConfigKey.text("precision", "f32", "f32", "bf16");
    /** Seed of initial weights, order, augmentation and dropout. */
    public static final ConfigKey<Integer> SEED = ConfigKey.whole("seed", 0, 0, Integer.MAX_VALUE);

    /** Optimizer: {@code adamw} or {@code sgd}. */
    public static final ConfigKey<String> OPTIMIZER = ConfigKey.text("optimizer", "adamw", "adamw", "sgd");
    /** Highest learning rate. */
    public static final ConfigKey<Double> LEARNING_RATE = ConfigKey.number("learning_rate", 0, 5e-4, 1000);
    /** Weight decay; decoupled from the gradient with AdamW. */
    public static final ConfigKey<Double> WEIGHT_DECAY = ConfigKey.number("weight_decay", 0, 0.06, 1000);
    /** Momentum of SGD. */
    public static final ConfigKey<Double> MOMENTUM = ConfigKey.number("momentum", 0, 0.9, 0.9999);
    /** Schedule of the learning rate after the warm-up: {@code cosine}, {@code step} or {@code constant}. */
    public static final ConfigKey<String> SCHEDULE = ConfigKey.text("schedule", "cosine", "cosine", "step", "constant");
    /** Number of epochs in which the rate rises to its highest. */
    public static final ConfigKey<Double> WARMUP_EPOCHS = ConfigKey.number("warmup_epochs", 0, 10.0, 100_000);
    /** Learning rate of the first step, if there is a warm-up. */
    public static final ConfigKey<Double> WARMUP_LEARNING_RATE =
            ConfigKey.number("warmup_learning_rate", 0, 1e-5, 1000);
    /** Learning rate at the end of a cosine schedule. */
    public static final ConfigKey<Double> FINAL_LEARNING_RATE = ConfigKey.number("final_learning_rate", 0, 1e-5, 1000);
    /** Number of epochs between the drops of a step schedule. */
    public static final ConfigKey<Integer> STEP_EPOCHS = ConfigKey.whole("step_epochs", 1, 30, 100_000);
    /** Factor of the rate at each drop of a step schedule. */
    public static final ConfigKey<Double> STEP_FACTOR = ConfigKey.number("step_factor", 0, 0.1, 1);
    /** Factor of the learning rate from each block to the one before; the last block has 1. */
    public static final ConfigKey<Double> LAYER_DECAY = ConfigKey.number("layer_decay", 0.01, 1.0, 1);
    /** Number of batches whose gradients are averaged for one update. */
    public static final ConfigKey<Integer> ACCUMULATION = ConfigKey.whole("accumulation", 1, 1, 65_536);
    /** Largest norm of all gradients together; 0 for no clipping. */
    public static final ConfigKey<Double> CLIP_NORM = ConfigKey.number("clip_norm", 0, 0.0, 1e9);
    /** Decay of the moving average of weights; 0 for none. */
    public static final ConfigKey<Double> EMA_DECAY = ConfigKey.number("ema_decay", 0, 0.0, 0.99999999);
    /** Number of epochs without a better metric after which training stops; 0 for never. */
    public static final ConfigKey<Integer> PATIENCE = ConfigKey.whole("patience", 0, 0, 100_000);
    /** Weights that are saved in the end: {@code best} by the metric, or {@code last}. */
    public static final ConfigKey<String> KEEP = ConfigKey.text("keep", "best", "best", "last");

    /** Recomputation of blocks for the backward pass, in place of keeping them: less memory, more time. */
    public static final ConfigKey<Boolean> GRADIENT_CHECKPOINTING = ConfigKey.flag("gradient_checkpointing", false);
    /** Training of the head only. */
    public static final ConfigKey<Boolean> FREEZE_BACKBONE = ConfigKey.flag("freeze_backbone", false);
    /** Fraction of elements dropped. */
    public static final ConfigKey<Double> DROPOUT = ConfigKey.number("dropout", 0, 0.0, 0.99);
    /** Fraction of attention weights dropped. */
    public static final ConfigKey<Double> ATTENTION_DROPOUT = ConfigKey.number("attention_dropout", 0, 0.0, 0.99);
    /** Fraction of images for which the last block is skipped. */
    public static final ConfigKey<Double> STOCHASTIC_DEPTH = ConfigKey.number("stochastic_depth", 0, 0.0, 0.99);

    /** Name of the training split. */
    public static final ConfigKey<String> TRAIN_SPLIT = ConfigKey.text("train_split", "train");
    /**
     * Split on which each epoch is scored; {@code auto} uses the validation split if there is one, else a fraction set aside.
     */
    public static final ConfigKey<String> VALIDATION_SPLIT = ConfigKey.text("validation_split", "auto");
    /** Fraction of the training images set aside if there is no validation split. */
    public static final ConfigKey<Double> VALIDATION_SHARE = ConfigKey.number("validation_share", 0.0001, 0.1, 0.9);
    /**
     * Seed of the choice of those images. It differs from the seed of the run, since a model that is trained further with
     * another seed would otherwise be validated on images that it was trained on.
     */
    public static final ConfigKey<Integer> VALIDATION_SEED =
            ConfigKey.whole("validation_seed", 0, 1, Integer.MAX_VALUE);

    /** All of these keys, in the order in which files list them. */
    public static final List<ConfigKey<?>> ALL = List.of(
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
            KEEP,
            GRADIENT_CHECKPOINTING,
            FREEZE_BACKBONE,
            DROPOUT,
            ATTENTION_DROPOUT,
            STOCHASTIC_DEPTH,
            TRAIN_SPLIT,
            VALIDATION_SPLIT,
            VALIDATION_SHARE,
            VALIDATION_SEED);

    private TrainingKeys() {}

    /** Key that names the task of a recipe; its only value is the name of the task. */
    public static ConfigKey<String> task(String name) {
        return ConfigKey.text(TASK, name, name);
    }

    /**
     * Task that a recipe names; empty if it names none.
     *
     * @throws TrainingConfigException when the file is not a JSON object
     * @throws IOException when it cannot be read
     */
    public static Optional<String> taskOf(Path recipe) throws IOException {
        return TrainingConfig.tree(recipe).get(TASK) instanceof String name ? Optional.of(name) : Optional.empty();
    }

    /** All of these keys except some that a task does not use; those of {@link #plan} must stay. */
    public static List<ConfigKey<?>> allBut(ConfigKey<?>... some) {
        return ALL.stream().filter(key -> !List.of(some).contains(key)).toList();
    }

    /**
     * Training plan of a configuration.
     *
     * @param updates number of steps in an epoch
     * @param policy policy that selects trained parameters and their rates
     */
    public static TrainingPlan plan(TrainingConfig config, int updates, ParameterPolicy policy) {
        return TrainingPlan.builder(optimizer(config), schedule(config, updates))
                .policy(policy)
                .epochs(config.get(EPOCHS))
                .precision(precision(config))
                .seed(config.get(SEED))
                .clipNorm(config.get(CLIP_NORM))
                .emaDecay(config.get(EMA_DECAY))
                .accumulation(config.get(ACCUMULATION))
                .patience(config.get(PATIENCE))
                .gradientCheckpointing(config.get(GRADIENT_CHECKPOINTING))
                .build();
    }

    /** Precision of the matrix products. */
    public static Precision precision(TrainingConfig config) {
        return Precision.valueOf(config.get(PRECISION).toUpperCase(Locale.ROOT));
    }

    /** Dropout rates of training. */
    public static DropRates drops(TrainingConfig config) {
        return new DropRates(config.get(DROPOUT), config.get(ATTENTION_DROPOUT), config.get(STOCHASTIC_DEPTH));
    }

    private static Optimizer optimizer(TrainingConfig config) {
        double decay = config.get(WEIGHT_DECAY);
        return config.get(OPTIMIZER).equals("adamw")
                ? Optimizer.adamW(decay)
                : Optimizer.sgd(config.get(MOMENTUM), decay);
    }

    private static Schedule schedule(TrainingConfig config, int updates) {
        double peak = config.get(LEARNING_RATE);
        double start = Math.min(peak, config.get(WARMUP_LEARNING_RATE));
        long total = (long) updates * config.get(EPOCHS);
        long warm = Math.min(Math.round(updates * config.get(WARMUP_EPOCHS)), total - 1);
        return switch (config.get(SCHEDULE)) {
            case "cosine" ->
                new Schedule.Cosine(peak, start, Math.min(peak, config.get(FINAL_LEARNING_RATE)), warm, total);
            case "step" -> {
                long every = (long) updates * config.get(STEP_EPOCHS);
                List<Long> drops = LongStream.rangeClosed(1, total / every)
                        .map(i -> i * every)
                        .boxed()
                        .toList();
                yield new Schedule.Steps(peak, start, warm, drops, config.get(STEP_FACTOR));
            }
            default -> new Schedule.Steps(peak, start, warm, List.of(), 1);
        };
    }
}
