package org.fovea.cli.model;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The shipped model that answers where no {@code --model} is given.
 *
 * @param name of the shipped model
 * @param kind of a model that such a command takes, as in "no captioner comes with this version"
 * @param cure commands that get a checkpoint and use it
 */
public record DefaultModel(String name, String kind, String cure) {
    /**
     * Checks that there is a model.
     *
     * @param given the value of {@code --model}, or null
     * @throws ParameterException when none is given and none is shipped
     */
    public void check(CommandSpec spec, String given) {
        if (given == null && !ModelFolder.isShipped(name)) {
            throw new ParameterException(
                    spec.commandLine(), "--model DIR is needed: no " + kind + " comes with this version. " + cure);
        }
    }

    /** The checkpoint's folder. */
    public Path folder(String given) {
        return ModelFolder.of(given == null ? name : given);
    }

    /**
     * Says so where a model answers that was not asked for.
     *
     * @param knows all that it knows, as in "only drawn scenes"
     */
    public void announce(CommandSpec spec, String given, String knows) {
        if (given == null) {
            spec.commandLine().getErr().println("fovea: no --model: " + name + " answers, which knows " + knows);
            spec.commandLine().getErr().flush();
        }
    }
}
