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
 * @param parameters stay on disk until asked for; closed with this
 */
public record PretrainedSam(Sam model, Parameters parameters) implements AutoCloseable {
    private static final ModelFamilies<SamFamily> FAMILIES =
            new ModelFamilies<>("models that take prompts", List.of(new SamFamily()));
    private static final PublishedSizes<SamSpec> SIZES = new PublishedSizes<>(FAMILIES.all());

    /** The models, which describe themselves. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(FAMILIES);

    /**
     * Opens a checkpoint directory.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException naming file, key or tensor, rule, actual value and cure; all tensors that do
     *     not fit are listed at once
     */
    public static PretrainedSam open(Path directory) {
        return CheckpointDirectory.open(
                directory, FAMILIES, (file, spec, weights) -> new PretrainedSam(spec.model(), weights));
    }

    /** Tells whether the {@code config.json} of a directory is of such a model; false where there is none. */
    public static boolean canRead(Path directory) {
        return FAMILIES.canRead(directory);
    }

    /** The published sizes, as the hub has them without the owner. */
    public static List<String> presets() {
        return SIZES.names();
    }

    /**
     * A published size with random weights, to be measured.
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
