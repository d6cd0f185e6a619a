package org.fovea.captioning.hub;

import java.nio.file.Path;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.weights.Parameters;

/**
 * A captioner as the hubs publish it: model, options of generation and weights under our names.
 *
 * @param options generation options of the checkpoint
 * @param parameters weights, read from disk on demand; closed with this object
 */
public record PretrainedCaptioner(CaptionerModel model, GenerationOptions options, Parameters parameters)
        implements AutoCloseable {
    /**
     * Opens a checkpoint directory of any of {@link CaptionerFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException when a file is missing or wrong; the message names the file, the key or
     *     tensor, the rule, the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedCaptioner open(Path directory) {
        return CheckpointDirectory.open(
                directory,
                CaptionerFamilies.ALL,
                (file, spec, weights) -> new PretrainedCaptioner(spec.model(), options(directory, spec), weights));
    }

    private static GenerationOptions options(Path directory, CaptionerSpec spec) {
        return GenerationOptions.read(directory, spec.options()).withTokens(spec.tokens());
    }

    /**
     * Creates a specification's model with random weights, for benchmarks.
     *
     * @param seed seed of the weights
     */
    static PretrainedCaptioner random(CaptionerSpec spec, long seed) {
        Parameters weights = RandomWeights.of(spec.model().parameterShapes(), seed);
        GenerationOptions options = GenerationOptions.of(spec.options()).withTokens(spec.tokens());
        return new PretrainedCaptioner(spec.model(), options, weights);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
