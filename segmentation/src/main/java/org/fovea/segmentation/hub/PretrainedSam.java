package org.fovea.segmentation.hub;

import java.nio.file.Path;
import java.util.List;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.PublishedSizes;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.hub.SpecCatalog;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.Sam;

/**
 * A SAM as the hub publishes it: model and weights under our names.
 *
 * @param parameters weights, read from disk on demand; closed with this object
 */
public record PretrainedSam(Sam model, Parameters parameters) implements AutoCloseable {
    private static final ModelFamilies<SamFamily> FAMILIES =
            new ModelFamilies<>("models that take prompts", List.of(new SamFamily()));
    private static final PublishedSizes<SamSpec> SIZES = new PublishedSizes<>(FAMILIES.all());

    /** Catalog of the models, each described by its specification. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(FAMILIES);

    /**
     * Opens a checkpoint directory.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException when a file is missing or wrong; the message names the file, the key or
     *     tensor, the rule, the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedSam open(Path directory) {
        return CheckpointDirectory.open(
                directory, FAMILIES, (file, spec, weights) -> new PretrainedSam(spec.model(), weights));
    }

    /** Returns whether a directory has the {@code config.json} of such a model; false if it has none. */
    public static boolean canRead(Path directory) {
        return FAMILIES.canRead(directory);
    }

    /** Names of the published sizes, as on the Hugging Face hub but without the owner. */
    public static List<String> presets() {
        return SIZES.names();
    }

    /**
     * Creates a model of a published size with random weights, for benchmarks.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static PretrainedSam preset(String name, long seed) {
        Sam model = SIZES.named(name).model();
        return new PretrainedSam(model, RandomWeights.of(model.parameterShapes(), seed));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
