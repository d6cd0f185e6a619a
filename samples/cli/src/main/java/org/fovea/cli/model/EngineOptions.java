package org.fovea.cli.model;

import org.fovea.core.backend.Backend;
import org.fovea.core.engine.Backends;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options on what computes. */
public final class EngineOptions {
    private static final String THREADS_VARIABLE = "OMP_NUM_THREADS"; // read by native libraries at load time

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = {
                "What computes: @|bold onednn|@ (CPU, the fastest) or @|bold nd4j|@ (CPU or CUDA, the reference).",
                "By default the fastest that loads."
            })
    private String backend;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the computation; by default OMP_NUM_THREADS, else one per core.")
    private Integer threads;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for an unknown backend, or a number of threads that the native libraries would ignore
     */
    public void check() {
        if (backend != null && !Backends.names().contains(backend)) {
            throw usage("--backend must be one of " + String.join(", ", Backends.names()) + ", got '" + backend + "'");
        }
        if (threads != null && threads < 1) {
            throw usage("--threads must be at least 1, got " + threads);
        }
        String set = System.getenv(THREADS_VARIABLE);
        if (threads != null && !threads.toString().equals(set)) {
            throw usage("--threads needs the variable " + THREADS_VARIABLE
                    + " set before Java starts, which the launcher"
                    + " does; it is " + (set == null ? "not set" : "'" + set + "'") + ": run " + THREADS_VARIABLE + "="
                    + threads + " java …");
        }
    }

    /**
     * Creates the backend.
     *
     * @throws IllegalStateException when it cannot be loaded on this host
     */
    public Backend load() {
        return backend == null ? Backends.automatic() : Backends.named(backend);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
