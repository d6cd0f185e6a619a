package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.weights.Parameters;

/**
 * Everything that a {@link TrainingRun} trains with: data, tasks, and the form in which the model is saved. A module that
 * trains models opens one from a data set and a recipe. The methods are called once, in this order.
 *
 * @param <B> type of a batch
 * @param <E> type of the finished model's scores
 */
public interface TrainingSetup<B, E> extends AutoCloseable {
    /**
     * Writes all files of the model except its weights.
     *
     * @param directory existing directory of the run
     * @throws IOException when a file cannot be written
     */
    void saveDescription(Path directory) throws IOException;

    /**
     * Phases of the training in their order, usually one; their resources are closed with this object.
     *
     * @param directory directory with the model's description
     */
    List<TrainingPhase<B>> phases(Path directory, Backend backend);

    /**
     * Writes the trained weights, which completes the model's directory.
     *
     * @throws IOException when the file cannot be written
     */
    void saveWeights(Path directory, Parameters weights) throws IOException;

    /**
     * Scores the finished model on the samples with which it was validated.
     *
     * @param directory directory with the model's files
     */
    E evaluate(Path directory, Backend backend);

    /** Names and problems of the images that could not be read so far; training leaves them out. */
    default List<BrokenImage> broken() {
        return List.of();
    }

    @Override
    void close();
}
