package org.fovea.cli.model;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The shipped model that answers where no {@code --model} is given.
 *
 * @param name name of the shipped model
 * @param kind kind of model, as in "no captioner comes with this version"
 * @param cure commands that download a checkpoint and use it
 */
public record DefaultModel(String name, String kind, String cure) {
    /**
     * Checks that there is a model.
     *
     * @param given the value of {@code --model}, or null
     * @throws ParameterException when no model is given and none is shipped
     */
    public void check(CommandSpec spec, String given) {
        if (given == null && !ModelFolder.isShipped(name)) {
            throw new ParameterException(
                    spec.commandLine(), "--model DIR is needed: no " + kind + " comes with this version. " + cure);
        }
    }

    /** Folder of the checkpoint. */
    public Path folder(String given) {
        return ModelFolder.of(given == null ? name : given);
    }

    /**
     * Prints a notice if the default model is used.
     *
     * @param knows scope of the model, as in "only drawn scenes"
     */
    public void announce(CommandSpec spec, String given, String knows) {
        if (given == null) {
            spec.commandLine().getErr().println("fovea: no --model: " + name + " answers, which knows " + knows);
            spec.commandLine().getErr().flush();
        }
    }
}
