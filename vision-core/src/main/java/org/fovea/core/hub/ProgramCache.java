package org.fovea.core.hub;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.fovea.core.backend.Program;

/**
 * Programs of one model, each compiled when it is first asked for and kept; thread-safe. Who asks for a program waits for
 * that one alone: programs of other keys compile beside it, and those that are compiled are there at once.
 *
 * @param <K> key that tells programs apart, a value with {@code equals}, such as a record of batch size and outputs
 */
public final class ProgramCache<K> implements AutoCloseable {
    private final String owner;
    private final Function<? super K, Program> compiler;
    private final Map<K, CompletableFuture<Program>> programs = new HashMap<>();
    private boolean closed;

    /**
     * An empty cache.
     *
     * @param owner name of the object that this belongs to, for errors
     * @param compiler makes the program of a key; called once for each, on the thread that asks for it first, and again
     *     where it failed
     */
    public ProgramCache(String owner, Function<? super K, Program> compiler) {
        this.owner = owner;
        this.compiler = compiler;
    }

    /**
     * The program of a key.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Program get(K key) {
        CompletableFuture<Program> mine = new CompletableFuture<>();
        CompletableFuture<Program> known;
        synchronized (programs) {
            if (closed) {
                throw new IllegalStateException(owner + ": must be open to be used, got a closed one");
            }
            known = programs.putIfAbsent(key, mine);
        }
        if (known != null) {
            return await(known);
        }
        try {
            Program program = compiler.apply(key);
            mine.complete(program);
            return program;
        } catch (RuntimeException | Error e) {
            synchronized (programs) {
                programs.remove(key, mine);
            }
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static Program await(CompletableFuture<Program> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a compiler throws nothing else
        }
    }

    /** Closes every program, after the compilations and runs under way have ended; closing again does nothing. */
    @Override
    public void close() {
        List<CompletableFuture<Program>> all;
        synchronized (programs) {
            closed = true;
            all = List.copyOf(programs.values());
            programs.clear();
        }
        RuntimeException failure = null;
        for (CompletableFuture<Program> each : all) {
            try {
                each.handle((program, failed) -> program)
                        .thenAccept(ProgramCache::close)
                        .join();
            } catch (CompletionException e) {
                failure = failure == null
                        ? new IllegalStateException(owner + ": a program did not close: " + e.getCause(), e.getCause())
                        : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void close(Program program) {
        if (program != null) {
            program.close();
        }
    }
}
