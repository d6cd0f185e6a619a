package org.fovea.vqa.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.train.EncoderRecipe;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.model.AnswerHead;

/** The keys of an answerer's {@link TrainingConfig}: those that tasks share, and its own. */
public final class AnswererKeys {
    /** Answerer trained by Fovea to continue from; {@code none} for a new one of the sizes below. */
    public static final ConfigKey<String> MODEL = ConfigKey.text("model", "none");
    /** Kind of head: an {@link AnswerHead} in lower case. */
    public static final ConfigKey<String> HEAD = ConfigKey.text("head", "transformer", names(AnswerHead.values()));
    /** Width of the word embedding and of the question's encoding, a multiple of 4. */
    public static final ConfigKey<Integer> WIDTH = ConfigKey.whole("width", 4, 128, 8192);
    /** Maximum number of words of a question. */
    public static final ConfigKey<Integer> QUESTION_LENGTH = ConfigKey.whole("question_length", 1, 24, 1024);
    /** Number of times that a word must occur in the training questions to enter the vocabulary. */
    public static final ConfigKey<Integer> MINIMUM_COUNT = ConfigKey.whole("minimum_count", 1, 2, 1_000_000);
    /**
     * Number of questions that must have an answer for the model to learn it; training skips questions without a known answer.
     */
    public static final ConfigKey<Integer> MINIMUM_ANSWERS = ConfigKey.whole("minimum_answers", 1, 1, 1_000_000);
    /**
     * Function from scores to probabilities: {@code softmax} if one answer is right, {@code sigmoid} if several may be, each to
     * the degree that people gave it; {@code auto} is sigmoid if a question has answers of several people.
     */
    public static final ConfigKey<String> LINK = ConfigKey.text("link", "auto", "auto", "softmax", "sigmoid");
    /** Questions of each image in a batch; images with fewer questions repeat theirs. */
    public static final ConfigKey<Integer> QUESTIONS_PER_IMAGE = ConfigKey.whole("questions_per_image", 1, 4, 1000);

    private static final double HALF = 0.5;

    /** All keys, in the order in which files list them. */
    static final List<ConfigKey<?>> ALL = Stream.of(
                    List.<ConfigKey<?>>of(TrainingKeys.task("ask"), MODEL),
                    EncoderRecipe.ALL,
                    List.<ConfigKey<?>>of(
                            HEAD, WIDTH, QUESTION_LENGTH, MINIMUM_COUNT, MINIMUM_ANSWERS, LINK, QUESTIONS_PER_IMAGE),
                    TrainingKeys.allBut(TrainingKeys.LAYER_DECAY, TrainingKeys.FREEZE_BACKBONE),
                    AugmentationKeys.ALL)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private AnswererKeys() {}

    private static String[] names(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    /** Head that a recipe selects. */
    static AnswerHead head(TrainingConfig recipe) {
        return AnswerHead.valueOf(recipe.get(HEAD).toUpperCase(Locale.ROOT));
    }

    /** Link that a recipe selects for the given questions. */
    static Link link(TrainingConfig recipe, Stream<AnsweredQuestion> questions) {
        return switch (recipe.get(LINK)) {
            case "softmax" -> Link.SOFTMAX;
            case "sigmoid" -> Link.SIGMOID;
            default -> questions.anyMatch(question -> question.answers().size() > 1) ? Link.SIGMOID : Link.SOFTMAX;
        };
    }

    /**
     * Default of every key. Images are not mirrored, since questions may ask what is left or right. Training stops after ten
     * epochs without a better score.
     */
    public static TrainingConfig defaults() {
        List<Double> middle = List.of(HALF, HALF, HALF);
        return TrainingConfig.of(ALL)
                .with(TrainingKeys.EPOCHS, 50)
                .with(TrainingKeys.BATCH, 32)
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
