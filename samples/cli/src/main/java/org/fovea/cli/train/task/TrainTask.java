package org.fovea.cli.train.task;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingSetup;

/**
 * A kind of model that {@code fovea train} trains and {@code fovea evaluate} scores. Its options are the keys of its recipe:
 * {@code --model} sets the key {@code model}, {@code --image-size} the key {@code image_size}, {@code --set} any.
 *
 * @param <E> scores of a model
 */
public interface TrainTask<E> {
    /** The value of {@code --task}. */
    String name();

    /** The usual recipe, whose first key is {@link org.fovea.core.train.TrainingKeys#task}. */
    TrainingConfig defaults();

    /** The form of {@code --data}, for the help: {@code images by class: split/class/*.jpg …}. */
    String data();

    /** The value of the key {@code model} for what {@code --model} gives. */
    default String model(String given) {
        return given;
    }

    /**
     * Opens data and model for training.
     *
     * @param dataThreads that decode and augment
     * @throws org.fovea.core.FoveaException when they cannot be used, with a text for the user
     */
    TrainingSetup<?, E> open(Path data, TrainingConfig recipe, int dataThreads) throws IOException;

    /** Scores of an epoch in a few words, such as {@code top-1 81.20%}; the validation's loss is shown beside. */
    String headline(Metrics metrics);

    /** Curves over the epochs that the report draws beside those of loss and learning rate. */
    List<Curves> curves();

    /** The number of samples that a model is scored on at once, unless {@code --batch} says. */
    default int batch() {
        return 64;
    }

    /** Tells whether a {@code config.json} is of a model of this task. */
    boolean reads(Path model);

    /**
     * Scores a model on data.
     *
     * @throws org.fovea.core.FoveaException when they do not go together, with a text for the user
     */
    E evaluate(EvaluationRequest request) throws IOException;

    /** A form of the scores to be printed and drawn. */
    ScoreReport report(E scores);
}
