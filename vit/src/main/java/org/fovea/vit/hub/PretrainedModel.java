package org.fovea.vit.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.Labels;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A classifier as the hubs publish it, or as {@link ClassifierWriter} saves it: configuration, labels and weights under our names.
 *
 * @param labels class names; {@code class 17} and so on where the checkpoint has none
 * @param parameters weights, read from disk on demand; closed with this object
 */
public record PretrainedModel(ClassifierConfig config, List<String> labels, Parameters parameters)
        implements AutoCloseable {
    /**
     * Opens a checkpoint directory of any of {@link ClassifierFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights in safetensors format
     * @throws ModelFormatException when a file is missing or wrong; the message names the file, the key or tensor, the rule,
     *     the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedModel open(Path directory) {
        ConfigFile json = CheckpointDirectory.config(directory);
        ClassifierSpec spec = CheckpointDirectory.checked(
                json, () -> FrontKey.read(json, ClassifierFamilies.ALL.of(json).read(json)));
        Checkpoint checkpoint = Checkpoint.open(directory);
        try {
            int classes = classes(json.file(), spec, checkpoint);
            ClassifierConfig config =
                    CheckpointDirectory.checked(json, () -> spec.config().apply(classes));
            Parameters parameters = spec.names().map(config.parameterShapes()).load(checkpoint);
            return new PretrainedModel(config, spec.labels().orElseGet(() -> Labels.numbered(classes)), parameters);
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    /** Number of rows of the classifier's weight, which must match the configuration and the labels. */
    private static int classes(Path file, ClassifierSpec spec, Checkpoint checkpoint) {
        String weight = spec.names().theirs("head.weight").get(0);
        if (!checkpoint.names().contains(weight)) {
            throw new ModelFormatException(checkpoint.path() + ": tensor '" + weight
                    + "' must be there for a classifier, got none. This checkpoint has no classifier head, or "
                    + file.getFileName() + " is of another model: choose a fine-tuned checkpoint.");
        }
        int rows = checkpoint.info(weight).shape().rank() == 0
                ? 0
                : checkpoint.info(weight).shape().dim(0);
        check(file, checkpoint, "the number of labels", spec.labels().map(List::size), weight, rows);
        check(file, checkpoint, "the number of classes", spec.classes(), weight, rows);
        return rows;
    }

    private static void check(
            Path file, Checkpoint checkpoint, String what, Optional<Integer> said, String weight, int rows) {
        if (said.isPresent() && said.get() != rows) {
            throw new ModelFormatException(file + ": " + what + " must equal the rows of '" + weight + "' in "
                    + checkpoint.path() + ", got " + said.get() + " and " + rows
                    + ". Configuration and weights come from different models: download both again.");
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
