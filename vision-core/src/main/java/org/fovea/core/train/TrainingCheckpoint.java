package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * A run at one moment, in one safetensors file: weights under their own names, the optimizer's state and the moving
 * averages under those of {@link TrainingGraph}, and the position, the seed and the recipe in the file's metadata.
 */
public final class TrainingCheckpoint implements AutoCloseable {
    private final SafetensorsFile file;

    private TrainingCheckpoint(SafetensorsFile file) {
        this.file = file;
    }

    /**
     * Opens a checkpoint.
     *
     * @throws ModelFormatException when it cannot be read or is not a checkpoint of a training run
     */
    public static TrainingCheckpoint open(Path path) {
        return new TrainingCheckpoint(SafetensorsFile.open(path));
    }

    static void write(Path target, GraphTrainer steps, TrainingPosition position, long seed, String recipe)
            throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter()
                .metadata("format", "pt")
                .metadata("step", Long.toString(position.step()))
                .metadata("epoch", Integer.toString(position.epoch()))
                .metadata("update", Integer.toString(position.update()))
                .metadata("loss_sum", Double.toString(position.lossSum()))
                .metadata("best_epoch", Integer.toString(position.bestEpoch()))
                .metadata("best_score", Double.toString(position.bestScore()))
                .metadata("seed", Long.toString(seed))
                .metadata("recipe", recipe);
        steps.addState(writer);
        writer.write(target);
    }

    /** Progress of the run. */
    public TrainingPosition position() {
        return new TrainingPosition(
                (long) number("step"),
                (int) number("epoch"),
                (int) number("update"),
                number("loss_sum"),
                (int) number("best_epoch"),
                number("best_score"));
    }

    /** Seed of {@link TrainingPlan}. */
    public long seed() {
        try {
            return Long.parseLong(text("seed"));
        } catch (NumberFormatException e) {
            throw wrong("seed", e);
        }
    }

    /** The caller's description of the run. */
    public String recipe() {
        return text("recipe");
    }

    /** All tensors. */
    public WeightSource tensors() {
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return file.info(name).shape();
            }

            @Override
            public Tensor tensor(String name) {
                return file.tensor(name);
            }
        };
    }

    /** The names of all tensors. */
    public List<String> names() {
        return List.copyOf(file.names());
    }

    /** Path of the file. */
    public Path path() {
        return file.path();
    }

    private double number(String key) {
        try {
            return Double.parseDouble(text(key));
        } catch (NumberFormatException e) {
            throw wrong(key, e);
        }
    }

    private String text(String key) {
        String text = file.metadata().get(key);
        if (text == null) {
            throw wrong(key, null);
        }
        return text;
    }

    private ModelFormatException wrong(String key, Throwable cause) {
        return new ModelFormatException(
                file.path() + ": metadata \"" + key + "\" must be as a training run writes it, got "
                        + file.metadata().get(key) + ". Resume from a checkpoint that fovea train wrote.",
                cause);
    }

    @Override
    public void close() {
        file.close();
    }
}
