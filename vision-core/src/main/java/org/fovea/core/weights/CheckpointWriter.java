package org.fovea.core.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.fovea.core.tensor.Tensor;

/** Writes the weights of a checkpoint directory; the file is replaced at once or not at all. */
public final class CheckpointWriter {
    private CheckpointWriter() {}

    /**
     * Writes weights in their own types.
     *
     * @param names of the weights, in the order of the file
     */
    public static void save(Path directory, Collection<String> names, Parameters weights) throws IOException {
        write(directory, names, weights, false);
    }

    /** Writes weights as float16, at half the size; vectors such as biases and statistics of norms keep their types. */
    public static void saveHalf(Path directory, Collection<String> names, Parameters weights) throws IOException {
        write(directory, names, weights, true);
    }

    private static void write(Path directory, Collection<String> names, Parameters weights, boolean half)
            throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        for (String name : names) {
            Tensor tensor = weights.tensor(name);
            writer.add(name, half && tensor.shape().rank() > 1 ? tensor.toHalf() : tensor);
        }
        writer.write(directory.resolve(Checkpoint.SINGLE_FILE));
    }
}
