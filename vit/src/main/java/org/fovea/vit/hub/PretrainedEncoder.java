package org.fovea.vit.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;

/**
 * An image encoder as the hubs publish it, whatever head its checkpoint has or lacks.
 *
 * @param parameters weights under Fovea's names, read from disk on demand; closed with this object
 */
public record PretrainedEncoder(VisionEncoder encoder, Parameters parameters) implements AutoCloseable {
    private static final String[] HEADS = {"classifier.*", "cls_classifier.*", "distillation_classifier.*"};

    /**
     * Opens a checkpoint directory of any encoder of {@link VisionTowers#own}. A convolutional network ends at the last layer
     * that is in the file.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws ModelFormatException when a file is missing or wrong; the message names the file, the key or tensor, the rule,
     *     the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedEncoder open(Path directory) {
        Path file = directory.resolve("config.json");
        if (!Files.exists(file)) {
            throw new ModelFormatException(file + ": a checkpoint directory must hold this file, got "
                    + (Files.isDirectory(directory) ? "a directory without it" : "no such directory")
                    + ". Give the directory that also holds the weights, and download config.json into it.");
        }
        ConfigFile json = ConfigFile.read(file);
        Checkpoint checkpoint = Checkpoint.open(directory);
        try {
            VisionTower tower = VisionTowers.stored(json, checkpoint.names());
            NameTable names = tower.names().ignoring(HEADS);
            return new PretrainedEncoder(
                    tower.encoder(), names.map(shapes(tower.encoder())).load(checkpoint));
        } catch (IllegalArgumentException e) { // each size is in range, but they are inconsistent
            checkpoint.close();
            throw new ModelFormatException(
                    file + ": " + e.getMessage() + ". Check that the file is the checkpoint's own and unchanged.", e);
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private static Map<String, Shape> shapes(VisionEncoder encoder) {
        Graph graph = new Graph();
        encoder.build(
                Scope.of(graph),
                graph.input("pixels", 1, encoder.channels(), encoder.imageHeight(), encoder.imageWidth()));
        Map<String, Shape> out = new LinkedHashMap<>();
        graph.parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
