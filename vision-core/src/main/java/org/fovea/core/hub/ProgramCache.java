package org.fovea.core.hub;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.fovea.core.Check;
import org.fovea.core.backend.Program;
import org.fovea.core.tensor.Tensor;

/**
 * Programs of one model, each compiled when it is first asked for and kept; thread-safe. Who asks for a program waits for
 * that one alone: programs of other keys compile beside it, and those that are compiled are there at once.
 *
 * <p>Where keys have no end, such as the sizes of images of any size, a cache keeps the programs that ran last and closes the
 * others, so that memory has one.
 *
 * @param <K> type of the keys of programs, with {@code equals}, such as a record of batch size and outputs
 */
public final class ProgramCache<K> implements AutoCloseable {
    private final String owner;
    private final int most;
    private final Function<? super K, Program> compiler;
    private final Map<K, Entry> programs =
            new LinkedHashMap<>(16, 0.75f, true); // in order of use, the most recently used last
    private boolean closed;

    /** A program and the number of those who use it now. */
    private static final class Entry {
        private final CompletableFuture<Program> program = new CompletableFuture<>();
        private int users;
    }

    /**
     * Creates an empty cache without a limit.
     *
     * @param owner name of the owning object, for errors
     * @param compiler compiles the program of a key; called once for each, on the first thread that needs it, and again after a
     *     failure
     */
    public ProgramCache(String owner, Function<? super K, Program> compiler) {
        this(owner, Integer.MAX_VALUE, compiler);
    }

    /**
     * Creates an empty cache that drops programs used least recently.
     *
     * @param most maximum number of programs kept; running ones and those returned by {@link #get} are never dropped
     * @param compiler compiles the program of a key; called again for programs that were dropped
     */
    public ProgramCache(String owner, int most, Function<? super K, Program> compiler) {
        Check.positive("ProgramCache: programs kept", most);
        this.owner = owner;
        this.most = most;
        this.compiler = compiler;
    }

    /**
     * Program of a key, which is kept from now on.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Program get(K key) {
        return await(enter(key).program);
    }

    /**
     * Runs the program of a key.
     *
     * @throws IllegalStateException after {@link #close}
     * @see Program#run
     */
    public Map<String, Tensor> run(K key, Map<String, Tensor> inputs) {
        Entry entry = enter(key);
        try {
            return await(entry.program).run(inputs);
        } finally {
            leave(entry).forEach(forgotten -> close(forgotten.program.join()));
        }
    }

    /** Registers a user of a key's entry, and compiles its program if it is new. */
    private Entry enter(K key) {
        Entry entry;
        boolean known;
        synchronized (programs) {
            if (closed) {
                throw new IllegalStateException(owner + ": must be open to be used, got a closed one");
            }
            known = programs.containsKey(key);
            entry = programs.computeIfAbsent(key, k -> new Entry());
            entry.users++;
        }
        if (!known) {
            compile(key, entry);
        }
        return entry;
    }

    private void compile(K key, Entry entry) {
        try {
            entry.program.complete(compiler.apply(key));
        } catch (RuntimeException | Error e) {
            synchronized (programs) {
                programs.remove(key, entry);
            }
            entry.program.completeExceptionally(e);
            throw e;
        }
    }

    /** Removes a user; returns dropped entries, which the caller must close. */
    private List<Entry> leave(Entry entry) {
        List<Entry> out = new ArrayList<>();
        synchronized (programs) {
            entry.users--;
            for (Iterator<Entry> all = programs.values().iterator(); programs.size() > most && all.hasNext(); ) {
                Entry oldest = all.next();
                if (oldest.users == 0) {
                    all.remove();
                    out.add(oldest);
                }
            }
        }
        return out;
    }

    private static Program await(CompletableFuture<Program> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a compiler can throw nothing else
        }
    }

    /** Closes every program, once running compilations and runs have ended; closing again does nothing. */
    @Override
    public void close() {
        List<CompletableFuture<Program>> all;
        synchronized (programs) {
            closed = true;
            all = programs.values().stream().map(entry -> entry.program).toList();
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
