package org.fovea.cli.model;

import org.fovea.core.backend.Precision;
import picocli.CommandLine.Option;

/** The option of commands that run a model once per image. */
public final class PrecisionOption {
    @Option(
            names = {"-p", "--precision"},
            paramLabel = "NAME",
            defaultValue = "f32",
            converter = Precisions.class,
            completionCandidates = Precisions.class,
            description = "${COMPLETION-CANDIDATES} (f32).")
    private Precision precision;

    public Precision get() {
        return precision;
    }
}
