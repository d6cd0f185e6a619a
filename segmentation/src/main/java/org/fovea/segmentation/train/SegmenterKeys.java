package org.fovea.segmentation.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.RandomLevels;
import org.fovea.core.data.augment.RandomWarp;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.model.AttentionEncoder;
import org.fovea.segmentation.model.AttentionSegFormer;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.model.PixelNetwork;

/** The keys of a segmenter's {@link TrainingConfig}: those that tasks share, and its own. */
public final class SegmenterKeys {
    private static final String CONVOLUTIONS = "convolutions";
    private static final int MOST_WIDTHS = 6;
    private static final int MOST_WIDTH = 4096;
    /** Name of the model to train from scratch. */
    public static final String FROM_SCRATCH = "attention-unet";
    /** Model: {@value #FROM_SCRATCH}, or a checkpoint of one to continue from. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", FROM_SCRATCH);
    /** Side of the square crops in pixels. */
    public static final ConfigKey<Integer> IMAGE_SIZE = ConfigKey.whole("image_size", 16, 160, 4096);
    /** Kind of encoder: convolutions, or transformer blocks like SegFormer's. */
    public static final ConfigKey<String> ENCODER =
            ConfigKey.text("encoder", CONVOLUTIONS, CONVOLUTIONS, "transformer");
    /** Number of blocks at each resolution of a transformer encoder. */
    public static final ConfigKey<Integer> DEPTH = ConfigKey.whole("depth", 1, 2, 64);
    /** Channels at 1/2, 1/4, … of the image's side; for a transformer encoder at 1/4, 1/8, … */
    public static final ConfigKey<List<Integer>> WIDTHS = new ConfigKey<>(
            "widths", List.of(32, 64, 96, 128), "1 to 6 whole numbers from 1 to 4096", SegmenterKeys::widths);
    /** Attention of the encoder; see {@link FeatureAttention}. */
    public static final ConfigKey<String> ATTENTION = ConfigKey.text(
            "attention",
            FeatureAttention.SE.key(),
            Arrays.stream(FeatureAttention.values()).map(FeatureAttention::key).toArray(String[]::new));
    /** Mean number of crops of each image in an epoch. */
    public static final ConfigKey<Double> CROPS = ConfigKey.number("crops_per_image", 0.01, 4.0, 10_000);
    /** Weight of the cross-entropy. */
    public static final ConfigKey<Double> CROSS_ENTROPY = ConfigKey.number("cross_entropy", 0, 1.0, 1000);
    /** Weight of the Dice loss. */
    public static final ConfigKey<Double> DICE = ConfigKey.number("dice", 0, 1.0, 1000);
    /** Weight of the focal loss. */
    public static final ConfigKey<Double> FOCAL = ConfigKey.number("focal", 0, 0.0, 1000);
    /** Exponent of the focal loss. */
    public static final ConfigKey<Double> FOCAL_GAMMA = ConfigKey.number("focal_gamma", 0, 2.0, 20);
    /** Weight of the loss of depths within objects. */
    public static final ConfigKey<Double> DISTANCE = ConfigKey.number("distance_loss", 0, 1.0, 1000);
    /** Weighting of classes by the rarity of their pixels. */
    public static final ConfigKey<Boolean> CLASS_WEIGHTS = ConfigKey.flag("class_weights", false);
    /** Weight added to pixels where objects nearly touch. */
    public static final ConfigKey<Double> BORDER_WEIGHT = ConfigKey.number("border_weight", 0, 2.0, 1000);
    /** Smallest scale of a crop. */
    public static final ConfigKey<Double> LEAST_SCALE = ConfigKey.number("least_scale", 0.05, 0.7, 1);
    /** Largest scale of a crop. */
    public static final ConfigKey<Double> MOST_SCALE = ConfigKey.number("most_scale", 1, 1.5, 20);
    /** Largest rotation in either direction beside quarter turns, in degrees. */
    public static final ConfigKey<Double> TURN = ConfigKey.number("turn", 0, 45.0, 180);
    /** Standard deviation of the elastic displacement, in pixels. */
    public static final ConfigKey<Double> BEND = ConfigKey.number("bend", 0, 1.5, 32);
    /** Largest change of brightness, as a factor. */
    public static final ConfigKey<Double> GAIN = ConfigKey.number("gain", 1, 1.5, 100);
    /** Largest exponent of the gamma correction. */
    public static final ConfigKey<Double> GAMMA = ConfigKey.number("gamma", 1, 1.2, 10);
    /** Largest change of a channel relative to the others, as a factor. */
    public static final ConfigKey<Double> TINT = ConfigKey.number("tint", 1, 1.1, 10);
    /** Largest standard deviation of noise, in gray levels of 0 to 255. */
    public static final ConfigKey<Double> NOISE = ConfigKey.number("noise", 0, 2.0, 100);
    /** Minimum foreground probability of an object's pixels. */
    public static final ConfigKey<Double> FOREGROUND = ConfigKey.number("foreground_threshold", 0, 0.5, 1);
    /** Minimum depth of an object above the saddle where it meets another. */
    public static final ConfigKey<Double> DYNAMICS = ConfigKey.number("least_dynamics", 0, 0.15, 1);
    /** Minimum area of an object in pixels; smaller ones are dropped. */
    public static final ConfigKey<Integer> LEAST_AREA = ConfigKey.whole("least_area", 0, 16, 1 << 30);
    /** Maximum area of a hole in an object that is filled, in pixels. */
    public static final ConfigKey<Integer> LARGEST_HOLE = ConfigKey.whole("largest_hole", 0, 64, 1 << 30);
    /** Side of the tiles in which the finished model processes images. */
    public static final ConfigKey<Integer> TILE = ConfigKey.whole("tile_size", 16, 256, 4096);

    private static final List<ConfigKey<?>> ALL = Stream.of(
                    List.<ConfigKey<?>>of(
                            TrainingKeys.task("segment"), MODEL, IMAGE_SIZE, ENCODER, WIDTHS, DEPTH, ATTENTION, CROPS),
                    TrainingKeys.allBut(
                            TrainingKeys.LAYER_DECAY,
                            TrainingKeys.FREEZE_BACKBONE,
                            TrainingKeys.DROPOUT,
                            TrainingKeys.ATTENTION_DROPOUT,
                            TrainingKeys.STOCHASTIC_DEPTH),
                    List.<ConfigKey<?>>of(
                            CROSS_ENTROPY,
                            DICE,
                            FOCAL,
                            FOCAL_GAMMA,
                            DISTANCE,
                            CLASS_WEIGHTS,
                            BORDER_WEIGHT,
                            LEAST_SCALE,
                            MOST_SCALE,
                            TURN,
                            BEND,
                            GAIN,
                            GAMMA,
                            TINT,
                            NOISE,
                            FOREGROUND,
                            DYNAMICS,
                            LEAST_AREA,
                            LARGEST_HOLE,
                            TILE))
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private SegmenterKeys() {}

    /** Default of every key: 30 epochs in batches of 8, a learning rate of 2e-3, averaged weights. */
    public static TrainingConfig defaults() {
        return TrainingConfig.of(ALL)
                .with(TrainingKeys.EPOCHS, 30)
                .with(TrainingKeys.BATCH, 8)
                .with(TrainingKeys.LEARNING_RATE, 2e-3)
                .with(TrainingKeys.WEIGHT_DECAY, 0.01)
                .with(TrainingKeys.WARMUP_EPOCHS, 1.0)
                .with(TrainingKeys.CLIP_NORM, 1.0)
                .with(TrainingKeys.EMA_DECAY, 0.998);
    }

    private static Optional<List<Integer>> widths(Object value) {
        List<Integer> out = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            boolean fits = each instanceof Number n
                    && n.doubleValue() == Math.rint(n.doubleValue())
                    && n.doubleValue() >= 1
                    && n.doubleValue() <= MOST_WIDTH;
            if (!fits) {
                return Optional.empty();
            }
            out.add(((Number) each).intValue());
        }
        return out.isEmpty() || out.size() > MOST_WIDTHS ? Optional.empty() : Optional.of(List.copyOf(out));
    }

    /** Creates a network. */
    static PixelNetwork network(TrainingConfig recipe, int classes, boolean distance) {
        List<Integer> widths = recipe.get(WIDTHS);
        FeatureAttention attention = Arrays.stream(FeatureAttention.values())
                .filter(each -> each.key().equals(recipe.get(ATTENTION)))
                .findFirst()
                .orElseThrow();
        return recipe.get(ENCODER).equals(CONVOLUTIONS)
                ? new AttentionUNet(widths, attention, classes, distance)
                : new AttentionSegFormer(new AttentionEncoder(widths, recipe.get(DEPTH), attention), classes, distance);
    }

    /** Augmentation that makes crops of images. */
    static Augmentation augmentation(TrainingConfig recipe) {
        int side = recipe.get(IMAGE_SIZE);
        return Augmentation.sequence(List.of(
                new RandomWarp(
                        side,
                        side,
                        recipe.get(LEAST_SCALE),
                        recipe.get(MOST_SCALE),
                        recipe.get(TURN),
                        recipe.get(BEND)),
                new RandomLevels(recipe.get(GAIN), recipe.get(GAMMA), recipe.get(TINT), recipe.get(NOISE))));
    }

    /** Losses of a recipe. */
    static SegmentationObjective objective(TrainingConfig recipe) {
        return new SegmentationObjective(
                recipe.get(CROSS_ENTROPY),
                recipe.get(DICE),
                recipe.get(FOCAL),
                recipe.get(FOCAL_GAMMA),
                recipe.get(DISTANCE));
    }

    /** Watershed parameters of a recipe. */
    static Watershed watershed(TrainingConfig recipe) {
        return new Watershed(
                recipe.get(FOREGROUND), recipe.get(DYNAMICS), recipe.get(LEAST_AREA), recipe.get(LARGEST_HOLE));
    }
}
