package org.fovea.segmentation.hub;

import java.nio.file.Path;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;

/**
 * A segmenter as the hubs publish it: what {@code config.json} says, and weights under our names.
 *
 * @param parameters stay on disk until asked for; closed with this
 */
public record PretrainedSegmenter(SegmenterSpec spec, Parameters parameters) implements AutoCloseable {
    /**
     * Opens a checkpoint directory of any of {@link SegmenterFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException naming file, key or tensor, rule, actual value and cure; all tensors that do
     *     not fit are listed at once
     */
    public static PretrainedSegmenter open(Path directory) {
        ConfigFile json = CheckpointDirectory.config(directory);
        return CheckpointDirectory.checked(json, () -> {
            SegmenterSpec spec = SegmenterFamilies.ALL.of(json).read(json);
            Parameters parameters =
                    spec.names().map(spec.model().parameterShapes()).load(Checkpoint.open(directory));
            return new PretrainedSegmenter(spec, parameters);
        });
    }

    /**
     * The model of a specification with random weights, to be measured.
     *
     * @param seed of the weights
     */
    static PretrainedSegmenter random(SegmenterSpec spec, long seed) {
        return new PretrainedSegmenter(spec, RandomWeights.of(spec.model().parameterShapes(), seed));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
