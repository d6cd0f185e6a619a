package org.fovea.cli.model;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;

/** A backend whose library loads on a thread of its own while the checkpoint is read and the image decoded. */
public final class PendingBackend implements Backend {
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "backend-load");
        thread.setDaemon(true);
        thread.start();
    };

    private final CompletableFuture<Backend> loading;

    private PendingBackend(CompletableFuture<Backend> loading) {
        this.loading = loading;
    }

    public static PendingBackend start(Supplier<Backend> load) {
        return new PendingBackend(CompletableFuture.supplyAsync(load, OWN_THREAD));
    }

    /** Backend, once it is loaded; rethrows an exception of the loading. */
    Backend get() {
        try {
            return loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return get().name();
    }

    /** {@inheritDoc} Single precision does not wait for the backend, since every backend supports it. */
    @Override
    public Optional<String> reasonAgainst(Precision precision) {
        return precision == Precision.F32 ? Optional.empty() : get().reasonAgainst(precision);
    }

    @Override
    public Program compile(Graph graph, WeightSource parameters, Precision precision) {
        return get().compile(graph, parameters, precision);
    }

    @Override
    public TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision) {
        return get().compileTraining(graph, parameters, precision);
    }

    @Override
    public double productGflops(Precision precision) {
        return get().productGflops(precision);
    }
}
