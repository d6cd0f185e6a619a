package org.fovea.segmentation.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.config.Nearest;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.Sam;

/**
 * A SAM as the hub publishes it: model and weights under our names.
 *
 * @param parameters stay on disk until asked for; closed with this
 */
public record PretrainedSam(Sam model, Parameters parameters) implements AutoCloseable {
    private static final ModelFamilies<SamFamily> FAMILIES =
            new ModelFamilies<>("models that take prompts", List.of(new SamFamily()));
    private static final double STD = 0.02;

    /**
     * Opens a checkpoint directory.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws ModelFormatException naming file, key or tensor, rule, actual value and cure; all tensors that do not fit
     *     are listed at once
     */
    public static PretrainedSam open(Path directory) {
        Path file = directory.resolve("config.json");
        if (!Files.exists(file)) {
            throw new ModelFormatException(file + ": a checkpoint directory must hold this file, got "
                    + (Files.isDirectory(directory) ? "a directory without it" : "no such directory")
                    + ". Give the directory that also holds the weights, and download config.json into it.");
        }
        ConfigFile json = ConfigFile.read(file);
        try {
            SamSpec spec = FAMILIES.of(json).read(json);
            return new PretrainedSam(
                    spec.model(),
                    spec.names().map(spec.model().parameterShapes()).load(Checkpoint.open(directory)));
        } catch (IllegalArgumentException e) { // sizes in range that do not go together
            throw new ModelFormatException(
                    file + ": " + e.getMessage() + ". Check that the file is the checkpoint's own and unchanged.", e);
        }
    }

    /** Tells whether a {@code config.json} is of such a model. */
    public static boolean recognizes(ConfigFile config) {
        return FAMILIES.all().stream().anyMatch(family -> family.recognizes(config));
    }

    /** The published sizes, as the hub has them without the owner. */
    public static Set<String> presets() {
        return SamFamily.presets().keySet();
    }

    /**
     * A published size with random weights, to be measured.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static PretrainedSam preset(String name, long seed) {
        if (!presets().contains(name)) {
            throw new IllegalArgumentException("PretrainedSam: the name must be one of " + presets() + ", got \"" + name
                    + "\". Did you mean \"" + Nearest.of(name, presets()) + "\"?");
        }
        ConfigFile json =
                ConfigFile.of(Path.of(name, "config.json"), SamFamily.presets().get(name));
        Sam model = FAMILIES.of(json).read(json).model();
        Parameters.Builder weights = Parameters.builder();
        model.parameterShapes().forEach((weight, shape) -> weights.initial(weight, shape, initial(weight), seed));
        return new PretrainedSam(model, weights.build());
    }

    private static Initializer initial(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale" -> Initializers.ones();
            default -> Initializers.truncatedNormal(STD);
        };
    }

    @Override
    public void close() {
        parameters.close();
    }
}
