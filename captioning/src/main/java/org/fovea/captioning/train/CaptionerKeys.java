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
    /** Captioner trained by Fovea to continue from; {@code none} for a new one of the sizes below. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", "none");
    /** Kind of decoder: {@code soft} or {@code hard} attention of Show, Attend and Tell, or {@code transformer}. */
    public static final ConfigKey<String> DECODER = ConfigKey.text("decoder", "soft", "soft", "hard", "transformer");
    /** Width of the LSTM or of the Transformer decoder. */
    public static final ConfigKey<Integer> DECODER_WIDTH = ConfigKey.whole("decoder_width", 1, 256, 8192);
    /** Width of the word embedding of an LSTM decoder. */
    public static final ConfigKey<Integer> EMBEDDING_WIDTH = ConfigKey.whole("embedding_width", 1, 128, 8192);
    /** Units of the attention's hidden layer with {@code soft} and {@code hard}. */
    public static final ConfigKey<Integer> ATTENTION_WIDTH = ConfigKey.whole("attention_width", 1, 128, 8192);
    /** Number of blocks of a {@code transformer} decoder. */
    public static final ConfigKey<Integer> DECODER_LAYERS = ConfigKey.whole("decoder_layers", 1, 3, 64);
    /** Number of heads of a {@code transformer} decoder. */
    public static final ConfigKey<Integer> DECODER_HEADS = ConfigKey.whole("decoder_heads", 1, 4, 64);
    /** Maximum number of tokens of a caption, its end token included; longer captions are cut off. */
    public static final ConfigKey<Integer> CAPTION_LENGTH = ConfigKey.whole("caption_length", 2, 24, 1024);
    /** Number of times that a word must occur in the training captions to enter the vocabulary. */
    public static final ConfigKey<Integer> MINIMUM_COUNT = ConfigKey.whole("minimum_count", 1, 3, 1_000_000);
    /**
     * Vocabulary: {@code data} for the words of the training captions, or a {@code tokenizer.json} or its folder. The file may
     * hold whole words as saved with a captioner, or any Hugging Face tokenizer, such as byte-level BPE or WordPiece.
     */
    public static final ConfigKey<String> VOCABULARY = ConfigKey.text("vocabulary", "data");
    /** Captions of each image in a batch; images with fewer captions repeat theirs. */
    public static final ConfigKey<Integer> CAPTIONS_PER_IMAGE = ConfigKey.whole("captions_per_image", 1, 5, 1000);
    /** Validation metric that selects the best epoch. */
    public static final ConfigKey<String> METRIC =
            ConfigKey.text("metric", "cider", CaptionScores.NAMES.toArray(String[]::new));
    /** Weight of the penalty for image positions that no word attends to. */
    public static final ConfigKey<Double> DOUBLY_STOCHASTIC = ConfigKey.number("doubly_stochastic", 0, 0.0, 1000);
    /** Weight of the entropy of soft attention in the loss, so that each word attends to few positions. */
    public static final ConfigKey<Double> FOCUS = ConfigKey.number("focus", 0, 0.0, 1000);
    /** Largest probability with which the model reads its own word in training; 0 for none. */
    public static final ConfigKey<Double> SCHEDULED_SAMPLING = ConfigKey.number("scheduled_sampling", 0, 0.0, 1);
    /** Epochs in which that probability grows from 0. */
    public static final ConfigKey<Double> SCHEDULED_SAMPLING_EPOCHS =
            ConfigKey.number("scheduled_sampling_epochs", 0.001, 10.0, 100_000);
    /** Epochs of self-critical training on CIDEr-D after the other epochs; 0 for none. */
    public static final ConfigKey<Integer> SELF_CRITICAL_EPOCHS =
            ConfigKey.whole("self_critical_epochs", 0, 0, 100_000);
    /** Highest learning rate of self-critical training, which follows the same schedule without a warmup. */
    public static final ConfigKey<Double> SELF_CRITICAL_LEARNING_RATE =
            ConfigKey.number("self_critical_learning_rate", 0, 5e-5, 1000);

    private static final double HALF = 0.5;

    /** All keys, in the order in which files list them. */
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
     * Default of every key. Images are not mirrored, since captions may say what is left or right. Training stops after ten
     * epochs without a better score.
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
