package org.fovea.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.fovea.server.protocol.ClientGoneException;
import org.fovea.server.protocol.Errors;
import org.fovea.server.protocol.Route;
import org.fovea.server.request.ApiException;

/**
 * The HTTP server with its routes, checks and headers.
 *
 * @param routes all of them
 * @param bodies loads them
 * @param token that clients must have
 * @param origins of other pages that browsers may use the server from
 * @param gate lets requests in until the server shuts down
 * @param metrics hears of every answer
 */
public record HttpFront(
        String host,
        int port,
        List<Route> routes,
        BodyLoading bodies,
        Optional<String> token,
        List<String> origins,
        Gate gate,
        Metrics metrics) {
    private static final int MOST_THREADS = 256;
    private static final int MOST_CONNECTIONS = 1024;
    private static final int LEAST_THREADS = 4;
    private static final int IDLE_THREAD_MILLIS = 60_000;
    private static final long IDLE_CONNECTION_MILLIS = 30_000;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int HEADER_BYTES = 16_384;

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException where the address cannot be listened at
     */
    public Javalin start() {
        return Javalin.create(this::configure).start();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE; // image formats are compressed already
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_THREAD_MILLIS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(HttpFront::configure);
        config.jetty.modifyServer(this::configure);
        config.jetty.addConnector(this::listen);
        allowOrigins(config);
        TokenCheck check = new TokenCheck(token);
        config.routes.before(HttpFront::addHeaders);
        config.routes.before(OriginCheck.of(host, token.isPresent(), origins)::check);
        config.routes.beforeMatched(check::checkMatched);
        for (Route route : routes) {
            config.routes.addHttpHandler(route.method(), route.path(), ctx -> gate.handle(ctx, route), route.access());
        }
        config.requestLogger.http(
                (ctx, millis) -> metrics.answered(ctx, Duration.ofNanos((long) (millis * NANOS_PER_MILLI))));
        config.routes.exception(Exception.class, HttpFront::failed);
        config.routes.error(
                NOT_FOUND, ctx -> unmatched(ctx, check, "there is no such route; GET /openapi.json lists them"));
        config.routes.error(
                WRONG_METHOD,
                ctx -> unmatched(ctx, check, "the route takes another method; GET /openapi.json says which"));
    }

    /** Listens before Javalin starts, which would log an address that is taken as a fault of its own. */
    private ServerConnector listen(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    private void configure(Server server) {
        server.setErrorHandler(new JettyErrors());
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setHandler(new EagerContentHandler(bodies));
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setIdleTimeout(IDLE_CONNECTION_MILLIS);
    }

    private void allowOrigins(JavalinConfig config) {
        if (!origins.isEmpty()) {
            config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> {
                if (origins.contains("*")) {
                    rule.anyHost();
                } else {
                    rule.allowHost(
                            origins.get(0), origins.subList(1, origins.size()).toArray(String[]::new));
                }
                rule.exposeHeader("Server-Timing");
                rule.exposeHeader("X-Fovea-Model");
            }));
        }
    }

    private static void addHeaders(Context ctx) {
        SecurityHeaders.ALL.forEach(ctx::header);
    }

    private static void failed(Exception failure, Context ctx) {
        if (failure instanceof ClientGoneException) {
            return; // the client is gone, so nobody reads an answer
        }
        if (failure instanceof HttpResponseException http) {
            ctx.status(http.getStatus());
            if (http.getStatus() != NOT_FOUND && http.getStatus() != WRONG_METHOD) { // these have messages of their own
                Errors.answer(ctx, String.valueOf(http.getMessage()));
            }
        } else {
            Errors.answer(ctx, failure);
        }
    }

    /** Replaces Javalin's message, but not that of a route that did not find a model. */
    private static void unmatched(Context ctx, TokenCheck check, String text) {
        if (ctx.attribute(Gate.ENTERED) == null) {
            try {
                check.check(ctx);
                Errors.answer(ctx, text);
            } catch (ApiException e) {
                Errors.answer(ctx, e);
            }
        }
    }
}
