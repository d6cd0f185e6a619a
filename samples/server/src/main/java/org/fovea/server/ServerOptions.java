package org.fovea.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.server.model.ModelSource;
import org.fovea.vit.ShippedModels;

/**
 * Options of a {@link FoveaServer}.
 *
 * @param host address to listen at
 * @param port port to listen at; 0 for any free one
 * @param models models to serve; the first of each task is its default
 * @param backend creates the backend, once, on a thread of its own
 * @param precision of the computation
 * @param limits limits of requests
 * @param batch maximum number of images computed together
 * @param batchDelay time for which a batch waits for requests that are being read
 * @param token token that clients must send; empty for none
 * @param origins origins of web pages, other than the server's own, that may use the server
 */
public record ServerOptions(
        String host,
        int port,
        List<ModelSource> models,
        Supplier<Backend> backend,
        Precision precision,
        Limits limits,
        int batch,
        Duration batchDelay,
        Optional<String> token,
        List<String> origins) {
    private static final int USUAL_PORT = 8080;
    private static final int MOST_PORT = 65_535;
    private static final int USUAL_BATCH = 8;
    private static final Duration USUAL_DELAY = Duration.ofMillis(2);

    /**
     * Bounds of what clients may ask for.
     *
     * @param bodyBytes of a request
     * @param bodyMemoryBytes of all requests under way, at least twice as many
     * @param pixels of an image
     * @param queue requests that wait for a model
     * @param time until an answer is there
     */
    public record Limits(long bodyBytes, long bodyMemoryBytes, long pixels, int queue, Duration time) {
        private static final long USUAL_BODY = 20L << 20;
        private static final long USUAL_PIXELS = 50_000_000;
        private static final int USUAL_QUEUE = 128;
        private static final int USUAL_SHARE = 8; // the rest is for images, and for what is read from bodies

        /** Checks the numbers. */
        public Limits {
            Check.that(
                    bodyBytes >= 1 && bodyBytes <= Integer.MAX_VALUE / 2,
                    "Limits: bodyBytes",
                    "be from 1 to " + Integer.MAX_VALUE / 2,
                    bodyBytes);
            Check.that(
                    bodyMemoryBytes >= 2 * bodyBytes,
                    "Limits: bodyMemoryBytes",
                    "be at least twice bodyBytes, which is " + bodyBytes,
                    bodyMemoryBytes);
            Check.positive("Limits: queue", queue);
        }

        /** Limits with the usual memory for bodies: an eighth of Java's heap, but at least two of the largest. */
        public Limits(long bodyBytes, long pixels, int queue, Duration time) {
            this(
                    bodyBytes,
                    Math.max(2 * bodyBytes, Runtime.getRuntime().maxMemory() / USUAL_SHARE),
                    pixels,
                    queue,
                    time);
        }

        /** Bodies of 20 MiB, images of 50 million pixels, 128 requests waiting for a model, answers within a minute. */
        public static Limits defaults() {
            return new Limits(USUAL_BODY, USUAL_PIXELS, USUAL_QUEUE, Duration.ofMinutes(1));
        }

        /** These limits with other memory for bodies. */
        public Limits withBodyMemory(long bytes) {
            return new Limits(bodyBytes, bytes, pixels, queue, time);
        }
    }

    /** Checks the numbers. */
    public ServerOptions {
        models = List.copyOf(models);
        origins = List.copyOf(origins);
        Check.within(0, MOST_PORT, "ServerOptions: port", port);
        Check.positive("ServerOptions: batch", batch);
        Check.that(token.map(text -> !text.isBlank()).orElse(true), "ServerOptions: token", "have a character", "none");
    }

    /** Defaults: the shipped models, on localhost at port 8080. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "127.0.0.1",
                USUAL_PORT,
                ShippedModels.names().stream().map(ModelSource::shipped).toList(),
                Backends::automatic,
                Precision.F32,
                Limits.defaults(),
                USUAL_BATCH,
                USUAL_DELAY,
                Optional.empty(),
                List.of());
    }

    /** Copy with another address. */
    public ServerOptions withAddress(String name, int number) {
        return new ServerOptions(name, number, models, backend, precision, limits, batch, batchDelay, token, origins);
    }

    /** Copy with other models. */
    public ServerOptions withModels(List<ModelSource> others) {
        return new ServerOptions(host, port, others, backend, precision, limits, batch, batchDelay, token, origins);
    }

    /** Copy with another backend. */
    public ServerOptions withBackend(Supplier<Backend> other) {
        return new ServerOptions(host, port, models, other, precision, limits, batch, batchDelay, token, origins);
    }

    /** Copy with another precision. */
    public ServerOptions withPrecision(Precision other) {
        return new ServerOptions(host, port, models, backend, other, limits, batch, batchDelay, token, origins);
    }

    /** Copy with other limits. */
    public ServerOptions withLimits(Limits others) {
        return new ServerOptions(host, port, models, backend, precision, others, batch, batchDelay, token, origins);
    }

    /** Copy with other batches. */
    public ServerOptions withBatch(int images, Duration delay) {
        return new ServerOptions(host, port, models, backend, precision, limits, images, delay, token, origins);
    }

    /** Copy with a token. */
    public ServerOptions withToken(String secret) {
        return new ServerOptions(
                host, port, models, backend, precision, limits, batch, batchDelay, Optional.of(secret), origins);
    }

    /** Copy with other origins. */
    public ServerOptions withOrigins(List<String> others) {
        return new ServerOptions(host, port, models, backend, precision, limits, batch, batchDelay, token, others);
    }
}
