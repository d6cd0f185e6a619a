package org.fovea.cli.images;

import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.image.ImageInput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option to write all that a model computes of an image. */
public final class DumpOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = "Of one image writes pixel_values, logits and all intermediates, under the names of Hugging"
                    + " Face transformers, as safetensors.")
    private Path file;

    /** Returns whether a dump was requested. */
    public boolean isWanted() {
        return file != null;
    }

    /**
     * Checks that there is only one image.
     *
     * @throws ParameterException when a dump was requested and there are several images or none
     */
    public void check(Selection selection) {
        if (isWanted() && selection.count().orElse(0) != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dump takes exactly one image, got "
                            + (selection.count().isPresent()
                                    ? selection.count().getAsLong()
                                    : "a list on the standard input"));
        }
    }

    /** Writes the dump. */
    public void write(ImageInput input, Map<String, Tensor> all) {
        SafetensorsWriter writer = new SafetensorsWriter();
        all.forEach(writer::add);
        ImageOutput.write(input, () -> writer.write(file));
    }
}
