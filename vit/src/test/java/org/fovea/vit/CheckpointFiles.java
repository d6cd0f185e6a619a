package org.fovea.vit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;

/** Writes checkpoint directories for tests. */
public final class CheckpointFiles {
    private CheckpointFiles() {}

    /** A fixture's checkpoint with its tensors changed. */
    public static Path changed(Path directory, String fixture, Consumer<Map<String, Tensor>> change)
            throws IOException {
        Path from = Fixtures.directory(fixture);
        for (String file : new String[] {"config.json", "preprocessor_config.json"}) {
            if (Files.exists(from.resolve(file))) {
                Files.copy(from.resolve(file), directory.resolve(file));
            }
        }
        try (SafetensorsFile weights = SafetensorsFile.open(from.resolve("model.safetensors"))) {
            Map<String, Tensor> tensors = new TreeMap<>();
            weights.names().forEach(name -> tensors.put(name, weights.tensor(name)));
            change.accept(tensors);
            write(directory, tensors);
        }
        return directory;
    }

    /** A fixture's checkpoint with a part of its {@code config.json} replaced; the part must be there. */
    public static Path configured(Path directory, String fixture, String part, String replacement) throws IOException {
        changed(directory, fixture, tensors -> {});
        String json = Files.readString(directory.resolve("config.json"));
        if (!json.contains(part)) {
            throw new IllegalArgumentException("config.json of " + fixture + " must contain " + part);
        }
        Files.writeString(directory.resolve("config.json"), json.replace(part, replacement));
        return directory;
    }

    /** A checkpoint with random weights under the given names. */
    public static Path random(Path directory, String config, Map<String, Shape> shapes) throws IOException {
        Files.writeString(directory.resolve("config.json"), config);
        Map<String, Tensor> tensors = new TreeMap<>();
        shapes.forEach((name, shape) ->
                tensors.put(name, Initializers.truncatedNormal(0.3).create(name, shape, 1)));
        write(directory, tensors);
        return directory;
    }

    private static void write(Path directory, Map<String, Tensor> tensors) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach(writer::add);
        writer.write(directory.resolve("model.safetensors"));
    }
}
