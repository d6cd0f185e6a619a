package org.fovea.core.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * A checkpoint as a family writes it.
 *
 * @param config keys of {@code config.json}, in their order: strings, numbers, booleans, lists and maps
 * @param names of the weights
 * @param unused tensors that the format requires and the task does not use; written as zeros, their initial values in the
 *     reference
 */
public record CheckpointFormat(Map<String, Object> config, NameTable names, Map<String, Shape> unused) {
    /** Creates a format whose tensors are all used. */
    public CheckpointFormat(Map<String, Object> config, NameTable names) {
        this(config, names, Map.of());
    }

    /** Copy with more keys in {@code config.json}. */
    public CheckpointFormat with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(config);
        all.putAll(more);
        return new CheckpointFormat(all, names, unused);
    }

    /**
     * Writes weights in safetensors format.
     *
     * @param shapes shapes of all weights under Fovea's names
     * @param learned weights under Fovea's names
     * @throws IOException when writing fails; the old file is then unchanged
     */
    public void writeWeights(Path file, Map<String, Shape> shapes, WeightSource learned) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        shapes.forEach((name, shape) -> {
            List<String> theirs = names.saved(name);
            Shape stored = names.storedShape(name, shape);
            Shape part = stored.with(0, stored.dim(0) / theirs.size());
            for (int i = 0; i < theirs.size(); i++) {
                int number = i;
                writer.add(
                        theirs.get(i), DType.F32, part, () -> part(stored(name, learned.tensor(name)), part, number));
            }
        });
        unused.forEach((name, shape) -> writer.add(name, Tensor.zeros(DType.F32, shape)));
        writer.write(file);
    }

    /** Weight in the checkpoint's form, except for its shape. */
    private Tensor stored(String name, Tensor ours) {
        if (!names.isTransposed(name)) {
            return ours;
        }
        int rows = ours.shape().dim(0);
        int columns = ours.shape().dim(1);
        float[] from = ours.toFloats();
        float[] out = new float[from.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = from[i * columns + j];
            }
        }
        return Tensor.of(out, columns, rows);
    }

    /** Part number i of equal parts along axis 0, float32. */
    private static Tensor part(Tensor whole, Shape shape, int number) {
        float[] all = whole.toFloats();
        int size = (int) shape.size();
        float[] out = Arrays.copyOfRange(all, number * size, (number + 1) * size);
        return Tensor.of(out, shape.toArray());
    }
}
