package org.fovea.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.OpenCvLibrary;
import org.fovea.server.http.Gate;
import org.fovea.server.http.HttpFront;
import org.fovea.server.http.PageFiles;
import org.fovea.server.model.Models;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.protocol.Runner;
import org.fovea.server.protocol.oip.Health;
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
    /** The tasks there are, a line each. */
    private static final Tasks TASKS =
            new Tasks(List.of(new CaptionTask(), new AskTask(), new SegmentTask(), new ClassifyTask()));

    private static final Duration SHUTDOWN = Duration.ofSeconds(30);

    private final Javalin http;
    private final Models models;
    private final Gate gate;

    private FoveaServer(Javalin http, Models models, Gate gate) {
        this.http = http;
        this.models = models;
        this.gate = gate;
    }

    /**
     * Starts to listen and to load the models.
     *
     * @throws AddressException where the address cannot be listened at
     * @throws IllegalArgumentException where two models have one name
     */
    public static FoveaServer start(ServerOptions options) {
        Models models = load(options);
        try {
            Gate gate = new Gate();
            HttpFront front = new HttpFront(
                    options.host(),
                    options.port(),
                    routes(options, models, gate),
                    options.token(),
                    options.origins(),
                    gate);
            return new FoveaServer(front.start(), models, gate);
        } catch (JavalinBindException e) {
            models.close();
            throw new AddressException(options.host(), options.port(), e.getCause());
        } catch (RuntimeException | Error e) {
            models.close();
            throw e;
        }
    }

    private static Models load(ServerOptions options) {
        OpenCvLibrary.preload();
        CompletableFuture<Backend> backend = CompletableFuture.supplyAsync(options.backend());
        ImageReader images = new ImageReader(
                ImageDecoder.create().withMaxPixels(options.limits().pixels()),
                Runtime.getRuntime().availableProcessors());
        return Models.load(
                options.models(),
                TASKS,
                () -> new Engine(backend.join(), options.precision(), options.batch(), images),
                name -> new WorkQueue(name, options.limits().queue(), options.batchDelay(), size -> {}));
    }

    private static List<Route> routes(ServerOptions options, Models models, Gate gate) {
        RequestReader reader = new RequestReader(options.limits().bodyBytes());
        Runner runner = new Runner(options.limits().time());
        String precision = options.precision().name().toLowerCase(Locale.ROOT);
        List<Protocol> protocols = List.of(
                new PageFiles(), new V1Protocol(models, precision, reader, runner), new Health(models, gate::isOpen));
        List<Route> all = new ArrayList<>();
        protocols.forEach(protocol -> all.addAll(protocol.routes()));
        return all;
    }

    /** The port that it listens at. */
    public int port() {
        return http.port();
    }

    /** Its models. */
    public Models models() {
        return models;
    }

    /** Done once each model is ready or failed. */
    public CompletableFuture<Void> loaded() {
        return models.loaded();
    }

    /** Lets no request in any more, answers those that are in, and frees native memory; closing again does nothing. */
    @Override
    public void close() {
        gate.close(SHUTDOWN);
        http.stop();
        models.close();
    }
}
