package org.fovea.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.OpenCvLibrary;
import org.fovea.server.http.BodyBudget;
import org.fovea.server.http.BodyLoading;
import org.fovea.server.http.Gate;
import org.fovea.server.http.HttpFront;
import org.fovea.server.http.Metrics;
import org.fovea.server.http.OpenApi;
import org.fovea.server.http.PageFiles;
import org.fovea.server.model.Models;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.protocol.Runner;
import org.fovea.server.protocol.oip.Health;
import org.fovea.server.protocol.oip.InferenceProtocol;
import org.fovea.server.protocol.torchserve.PredictionsProtocol;
import org.fovea.server.protocol.v1.V1Protocol;
import org.fovea.server.queue.WorkQueue;
import org.fovea.server.request.RequestReader;
import org.fovea.server.task.Engine;
import org.fovea.server.task.ImageReader;
import org.fovea.server.task.Tasks;
import org.fovea.server.task.ask.AskTask;
import org.fovea.server.task.caption.CaptionTask;
import org.fovea.server.task.classify.ClassifyTask;
import org.fovea.server.task.segment.SegmentTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of models for all tasks over HTTP, with a page for people. Thread-safe.
 *
 * <pre>{@code
 * try (FoveaServer server = FoveaServer.start(ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
 *     server.loaded().join();
 *     System.out.println("http://127.0.0.1:" + server.port());
 * }
 * }</pre>
 */
public final class FoveaServer implements AutoCloseable {
    /** All tasks of the server. */
    private static final Tasks TASKS =
            new Tasks(List.of(new CaptionTask(), new AskTask(), new SegmentTask(), new ClassifyTask()));

    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(FoveaServer.class);

    private final Javalin http;
    private final Models models;
    private final Gate gate;
    private final BodyBudget bodies;
    private final List<Route> routes;

    private FoveaServer(Javalin http, Models models, Gate gate, BodyBudget bodies, List<Route> routes) {
        this.http = http;
        this.models = models;
        this.gate = gate;
        this.bodies = bodies;
        this.routes = routes;
    }

    /**
     * Starts to listen and to load the models.
     *
     * @throws AddressException when the server cannot listen at the address
     * @throws IllegalArgumentException when two models have the same name
     */
    public static FoveaServer start(ServerOptions options) {
        Metrics metrics = new Metrics();
        Models models = load(options, metrics);
        try {
            Gate gate = new Gate();
            BodyBudget bodies = new BodyBudget(options.limits().bodyMemoryBytes());
            metrics.watch(models);
            metrics.watch(bodies);
            List<Route> routes = routes(options, models, gate, metrics);
            HttpFront front = new HttpFront(
                    options.host(),
                    options.port(),
                    routes,
                    new BodyLoading(options.limits().bodyBytes(), bodies),
                    options.token(),
                    options.origins(),
                    gate,
                    metrics);
            return new FoveaServer(front.start(), models, gate, bodies, routes);
        } catch (UncheckedIOException e) {
            models.close();
            throw new AddressException(options.host(), options.port(), e.getCause());
        } catch (RuntimeException | Error e) {
            models.close();
            throw e;
        }
    }

    private static Models load(ServerOptions options, Metrics metrics) {
        OpenCvLibrary.preload();
        CompletableFuture<Backend> backend = CompletableFuture.supplyAsync(options.backend());
        ImageReader images = new ImageReader(
                ImageDecoder.create().withMaxPixels(options.limits().pixels()),
                Runtime.getRuntime().availableProcessors());
        return Models.load(
                options.models(),
                TASKS,
                () -> new Engine(backend.join(), options.precision(), options.batch(), images),
                name -> new WorkQueue(name, options.limits().queue(), options.batchDelay(), metrics.batches(name)));
    }

    /** All routes, those of each protocol after the other. */
    private static List<Route> routes(ServerOptions options, Models models, Gate gate, Metrics metrics) {
        RequestReader reader = new RequestReader(options.limits().bodyBytes());
        Runner runner = new Runner(options.limits().time());
        List<Protocol> protocols = List.of(
                new PageFiles(),
                new V1Protocol(models, precision(options), reader, runner),
                new Health(models, gate::isOpen),
                new InferenceProtocol(Version.text(), models, reader, runner),
                new PredictionsProtocol(models, reader, runner),
                metrics);
        List<Route> all = new ArrayList<>();
        protocols.forEach(protocol -> all.addAll(protocol.routes()));
        all.addAll(new OpenApi(Version.text(), List.copyOf(all)).routes());
        return all;
    }

    private static String precision(ServerOptions options) {
        return options.precision().name().toLowerCase(Locale.ROOT);
    }

    /** Port that the server listens at. */
    public int port() {
        return http.port();
    }

    /** Models of the server. */
    public Models models() {
        return models;
    }

    /** Future that completes once each model is ready or has failed. */
    public CompletableFuture<Void> loaded() {
        return models.loaded();
    }

    /** Routes with their methods: {@code GET /v1/models}. */
    List<String> routes() {
        return routes.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    /** Returns whether no request is being handled. */
    boolean isIdle() {
        return gate.isIdle();
    }

    /** Bytes of the bodies of requests under way. */
    long bodyBytes() {
        return bodies.bytes();
    }

    /** Lets no request in any more, answers those that are in, and frees native memory; closing again does nothing. */
    @Override
    public void close() {
        if (gate.close(SHUTDOWN)) {
            try {
                http.stop();
            } catch (JavalinException e) {
                LOG.warn("Some requests were not answered before the server ended: {}", e.getMessage());
            } finally {
                models.close();
            }
        }
    }
}
