package org.fovea.vit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Extra;

/** The programs of one model, each compiled when it is first needed and kept; thread-safe. */
final class Programs implements AutoCloseable {
    private final ClassifierConfig config;
    private final WeightSource parameters;
    private final ClassifierOptions options;
    private final Map<Key, Program> compiled = new HashMap<>();
    private boolean closed;

    Programs(ClassifierConfig config, WeightSource parameters, ClassifierOptions options) {
        this.config = config;
        this.parameters = parameters;
        this.options = options;
    }

    /**
     * The program for a batch.
     *
     * @throws IllegalStateException after {@link #close}
     */
    synchronized Program get(int batch, Set<Extra> extras) {
        if (closed) {
            throw new IllegalStateException("ImageClassifier: must be open to be used, got a closed one");
        }
        return compiled.computeIfAbsent(new Key(batch, Set.copyOf(extras)), this::compile);
    }

    private Program compile(Key key) {
        Graph graph = config.inferenceGraph(key.batch(), key.extras());
        return options.backend().compile(graph, parameters, options.precision());
    }

    /** Closes every program, after the runs under way have ended. */
    @Override
    public synchronized void close() {
        closed = true;
        compiled.values().forEach(Program::close);
        compiled.clear();
    }

    private record Key(int batch, Set<Extra> extras) {}
}
