package org.fovea.cli.train.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Request of {@code fovea evaluate}.
 *
 * @param model directory of a model
 * @param data data in a format that the task reads
 * @param split part of the data, if one is named
 * @param batch number of samples computed together, at least 1
 * @param drawn whether the report will be drawn
 */
public record EvaluationRequest(
        CommandSpec spec,
        Path model,
        Path data,
        Optional<String> split,
        int batch,
        Backend backend,
        Precision precision,
        boolean drawn) {
    private static final List<String> USUAL_SPLITS = List.of("test", "val", "valid", "validation");

    /**
     * Part of the data to use: the named one, the only one, or the first of the default names.
     *
     * @param names names of all parts
     * @throws ParameterException when one must be named
     */
    public String split(Set<String> names) {
        if (split.isPresent()) {
            return split.get();
        }
        if (names.size() == 1) {
            return names.iterator().next();
        }
        return USUAL_SPLITS.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> usage("--split must say which part of the data to take, one of " + names));
    }

    /** Creates an error of the command line. */
    public ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
