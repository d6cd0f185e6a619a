package org.fovea.vqa.hub;

import java.nio.file.Path;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.weights.Parameters;

/**
 * An answerer as the hubs publish it: model, answers, options of generation and weights under our names.
 *
 * @param options generation options of the checkpoint; unused by a model that scores a list
 * @param parameters weights, read from disk on demand; closed with this object
 */
public record PretrainedAnswerer(AnswererSpec spec, GenerationOptions options, Parameters parameters)
        implements AutoCloseable {
    /**
     * Opens a checkpoint directory of any of {@link AnswererFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException when a file is missing or wrong; the message names the file, the key or
     *     tensor, the rule, the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedAnswerer open(Path directory) {
        return CheckpointDirectory.open(
                directory,
                AnswererFamilies.ALL,
                (file, spec, weights) -> new PretrainedAnswerer(spec, options(directory, spec), weights));
    }

    private static GenerationOptions options(Path directory, AnswererSpec spec) {
        return GenerationOptions.read(directory, spec.options()).withTokens(spec.tokens());
    }

    /**
     * Creates a specification's model with random weights, for benchmarks.
     *
     * @param seed seed of the weights
     */
    static PretrainedAnswerer random(AnswererSpec spec, long seed) {
        Parameters weights = RandomWeights.of(spec.model().parameterShapes(), seed);
        GenerationOptions options = GenerationOptions.of(spec.options()).withTokens(spec.tokens());
        return new PretrainedAnswerer(spec, options, weights);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
