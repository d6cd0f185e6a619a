package org.fovea.captioning.train;

import java.util.List;
import java.util.stream.Stream;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.train.EncoderRecipe;

/** The keys of a captioner's {@link TrainingConfig}: those that tasks share, and its own. */
public final class CaptionerKeys {
    /** A captioner that was trained here, to train further; {@code none} for a new one, of the sizes below. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", "none");
    /** {@code soft} or {@code hard} attention of Show, Attend and Tell, or {@code transformer}. */
    public static final ConfigKey<String> DECODER = ConfigKey.text("decoder", "soft", "soft", "hard", "transformer");
    /** Width of the LSTM or of the Transformer. */
    public static final ConfigKey<Integer> DECODER_WIDTH = ConfigKey.whole("decoder_width", 1, 256, 8192);
    /** Width of a word's vector where an LSTM reads it. */
    public static final ConfigKey<Integer> EMBEDDING_WIDTH = ConfigKey.whole("embedding_width", 1, 128, 8192);
    /** Units of the attention of {@code soft} and {@code hard}. */
    public static final ConfigKey<Integer> ATTENTION_WIDTH = ConfigKey.whole("attention_width", 1, 128, 8192);
    /** Blocks of a {@code transformer}. */
    public static final ConfigKey<Integer> DECODER_LAYERS = ConfigKey.whole("decoder_layers", 1, 3, 64);
    /** Heads of a {@code transformer}. */
    public static final ConfigKey<Integer> DECODER_HEADS = ConfigKey.whole("decoder_heads", 1, 4, 64);
    /** The most tokens of a caption, its end included; longer ones are cut off. */
    public static final ConfigKey<Integer> CAPTION_LENGTH = ConfigKey.whole("caption_length", 2, 24, 1024);
    /** Times that a word must occur in the training captions to be known. */
    public static final ConfigKey<Integer> MINIMUM_COUNT = ConfigKey.whole("minimum_count", 1, 3, 1_000_000);
    /**
     * A {@code tokenizer.json} to take in place of the words of the data, or the folder that holds it: whole words as a captioner was
     * saved with, or any tokenizer of the hub, such as a byte BPE's or a WordPiece's.
     */
    public static final ConfigKey<String> VOCABULARY = ConfigKey.text("vocabulary", "data");
    /** Captions of each image in a step; those of an image that has fewer repeat. */
    public static final ConfigKey<Integer> CAPTIONS_PER_IMAGE = ConfigKey.whole("captions_per_image", 1, 5, 1000);
    /** The number of the validation that an epoch is judged by. */
    public static final ConfigKey<String> METRIC =
            ConfigKey.text("metric", "cider", CaptionScores.NAMES.toArray(String[]::new));
    /** Weight of the penalty for places that no word looks at. */
    public static final ConfigKey<Double> DOUBLY_STOCHASTIC = ConfigKey.number("doubly_stochastic", 0, 0.0, 1000);
    /** Weight of the entropy of soft attention, so that each word looks at few places. */
    public static final ConfigKey<Double> FOCUS = ConfigKey.number("focus", 0, 0.0, 1000);
    /** Largest probability with which a word in training is the model's own; 0 for none. */
    public static final ConfigKey<Double> SCHEDULED_SAMPLING = ConfigKey.number("scheduled_sampling", 0, 0.0, 1);
    /** Epochs in which that probability grows from 0. */
    public static final ConfigKey<Double> SCHEDULED_SAMPLING_EPOCHS =
            ConfigKey.number("scheduled_sampling_epochs", 0.001, 10.0, 100_000);
    /** Epochs of self-critical training on CIDEr-D that follow; 0 for none. */
    public static final ConfigKey<Integer> SELF_CRITICAL_EPOCHS =
            ConfigKey.whole("self_critical_epochs", 0, 0, 100_000);
    /** The learning rate of self-critical training, which is constant. */
    public static final ConfigKey<Double> SELF_CRITICAL_LEARNING_RATE =
            ConfigKey.number("self_critical_learning_rate", 0, 5e-5, 1000);

    private static final double HALF = 0.5;

    /** All keys, in the order of files. */
    static final List<ConfigKey<?>> ALL = Stream.of(
                    List.<ConfigKey<?>>of(TrainingKeys.task("caption"), MODEL),
                    EncoderRecipe.ALL,
                    List.<ConfigKey<?>>of(
                            DECODER,
                            DECODER_WIDTH,
                            EMBEDDING_WIDTH,
                            ATTENTION_WIDTH,
                            DECODER_LAYERS,
                            DECODER_HEADS,
                            CAPTION_LENGTH,
                            MINIMUM_COUNT,
                            VOCABULARY,
                            CAPTIONS_PER_IMAGE),
                    TrainingKeys.allBut(TrainingKeys.LAYER_DECAY, TrainingKeys.FREEZE_BACKBONE),
                    List.<ConfigKey<?>>of(
                            METRIC,
                            DOUBLY_STOCHASTIC,
                            FOCUS,
                            SCHEDULED_SAMPLING,
                            SCHEDULED_SAMPLING_EPOCHS,
                            SELF_CRITICAL_EPOCHS,
                            SELF_CRITICAL_LEARNING_RATE),
                    AugmentationKeys.ALL)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private CaptionerKeys() {}

    /**
     * The usual value of every key. Images are not mirrored: captions say what is left of what. Training ends after ten epochs
     * without a better score.
     */
    public static TrainingConfig defaults() {
        List<Double> middle = List.of(HALF, HALF, HALF);
        return TrainingConfig.of(ALL)
                .with(TrainingKeys.EPOCHS, 50)
                .with(TrainingKeys.BATCH, 16)
                .with(TrainingKeys.LEARNING_RATE, 1e-3)
                .with(TrainingKeys.WEIGHT_DECAY, 0.01)
                .with(TrainingKeys.WARMUP_EPOCHS, 1.0)
                .with(TrainingKeys.CLIP_NORM, 1.0)
                .with(TrainingKeys.PATIENCE, 10)
                .with(AugmentationKeys.FLIP, 0.0)
                .with(AugmentationKeys.IMAGE_MEAN, middle)
                .with(AugmentationKeys.IMAGE_STD, middle);
    }
}
