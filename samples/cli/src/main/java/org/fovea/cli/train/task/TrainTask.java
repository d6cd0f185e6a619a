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
 * @param <E> type of a model's scores
 */
public interface TrainTask<E> {
    /** Name of the task, as in {@code --task}. */
    String name();

    /** Default recipe, whose first key is {@link org.fovea.core.train.TrainingKeys#task}. */
    TrainingConfig defaults();

    /** Format of {@code --data}, for the help: {@code images by class: split/class/*.jpg …}. */
    String data();

    /** Value of the key {@code model} for a value of {@code --model}. */
    default String model(String given) {
        return given;
    }

    /**
     * Opens data and model for training.
     *
     * @param dataThreads number of threads that decode and augment images
     * @throws org.fovea.core.FoveaException when they cannot be used, with a message for the user
     */
    TrainingSetup<?, E> open(Path data, TrainingConfig recipe, int dataThreads) throws IOException;

    /** Summary of an epoch's scores, such as {@code top-1 81.20%}; the validation loss is shown beside it. */
    String headline(Metrics metrics);

    /** Curves over the epochs to draw beside those of loss and learning rate. */
    List<Curves> curves();

    /** Default number of samples that are scored together, without {@code --batch}. */
    default int batch() {
        return 64;
    }

    /** Returns whether the {@code config.json} of a directory belongs to a model of this task. */
    boolean reads(Path model);

    /**
     * Scores a model on data.
     *
     * @throws org.fovea.core.FoveaException when model and data do not match, with a message for the user
     */
    E evaluate(EvaluationRequest request) throws IOException;

    /** Report that prints and draws scores. */
    ScoreReport report(E scores);
}
