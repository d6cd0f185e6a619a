package org.fovea.core.engine;

import java.util.List;
import java.util.function.Supplier;
import org.fovea.core.LibraryException;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends there are, and the choice between them. */
public final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /**
     * Candidates, fastest first; creating one throws a {@link LinkageError} or a runtime exception if its library cannot be
     * loaded.
     */
    private static final List<Candidate> CANDIDATES =
            List.of(new Candidate("onednn", OneDnnBackend::create), new Candidate("nd4j", Nd4jBackend::new));

    private Backends() {}

    /** Names that {@link #named} accepts, fastest first. */
    public static List<String> names() {
        return CANDIDATES.stream().map(Candidate::name).toList();
    }

    /**
     * Creates the fastest backend that runs on this host; a line is logged for each that does not.
     *
     * @throws LibraryException when none runs
     */
    public static Backend automatic() {
        for (Candidate candidate : CANDIDATES) {
            try {
                return candidate.make().get();
            } catch (LinkageError | RuntimeException e) {
                LOG.warn("Backend {} does not load on this host, trying the next: {}", candidate.name(), e.toString());
            }
        }
        throw new LibraryException(
                "Backends: at least one of " + names() + " must load on this host, got none; the log says why for each",
                null);
    }

    /**
     * Creates a backend by name.
     *
     * @throws IllegalArgumentException when there is no such backend
     * @throws LibraryException when it cannot be loaded on this host
     */
    public static Backend named(String name) {
        for (Candidate candidate : CANDIDATES) {
            if (candidate.name().equals(name)) {
                try {
                    return candidate.make().get();
                } catch (LinkageError | RuntimeException e) {
                    throw new LibraryException("Backends: " + name + " must load on this host, got " + e, e);
                }
            }
        }
        throw new IllegalArgumentException("Backends: the name must be one of " + names() + ", got \"" + name + "\"");
    }

    private record Candidate(String name, Supplier<Backend> make) {}
}
