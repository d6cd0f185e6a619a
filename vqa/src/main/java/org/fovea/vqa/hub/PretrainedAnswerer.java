package org.fovea.vqa.hub;

import java.nio.file.Path;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.weights.Parameters;

/**
 * An answerer as the hubs publish it: model, answers, options of generation and weights under our names.
 *
 * @param options of the checkpoint; of no use to a model that scores a list
 * @param parameters stay on disk until asked for; closed with this
 */
public record PretrainedAnswerer(AnswererSpec spec, GenerationOptions options, Parameters parameters)
        implements AutoCloseable {
    /**
     * Opens a checkpoint directory of any of {@link AnswererFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException naming file, key or tensor, rule, actual value and cure; all tensors
     *     that do not fit are listed at once
     */
    public static PretrainedAnswerer open(Path directory) {
        return CheckpointDirectory.open(
                directory,
                AnswererFamilies.ALL,
                (file, spec, weights) -> new PretrainedAnswerer(spec, options(directory, spec), weights));
    }

    private static GenerationOptions options(Path directory, AnswererSpec spec) {
        return GenerationOptions.read(directory, spec.options().toArray(ConfigFile[]::new))
                .withTokens(spec.tokens());
    }

    /**
     * The model of a specification with random weights, to be measured.
     *
     * @param seed of the weights
     */
    static PretrainedAnswerer random(AnswererSpec spec, long seed) {
        Parameters weights = RandomWeights.of(spec.model().parameterShapes(), seed);
        return new PretrainedAnswerer(spec, options(Path.of(""), spec), weights);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
