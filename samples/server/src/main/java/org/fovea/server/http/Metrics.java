package org.fovea.server.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.fovea.server.model.Models;
import org.fovea.server.model.ServedModel;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;

/** Numbers on the server's work, for Prometheus. Their registry is made beside what else a start has to do. */
public final class Metrics implements Protocol {
    private static final String MODEL = "model";
    private static final String UNKNOWN = "none";
    private static final Duration[] SECONDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };
    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32};

    private final CompletableFuture<PrometheusMeterRegistry> registry =
            CompletableFuture.supplyAsync(Metrics::newRegistry);

    private static PrometheusMeterRegistry newRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    /** Listener to the batch sizes of a model. */
    public IntConsumer batches(String model) {
        CompletableFuture<DistributionSummary> sizes =
                registry.thenApply(all -> DistributionSummary.builder("fovea.batch.requests")
                        .description("requests that were computed together")
                        .tag(MODEL, model)
                        .serviceLevelObjectives(BATCHES)
                        .register(all));
        CompletableFuture<Counter> count = registry.thenApply(all -> Counter.builder("fovea.requests.computed")
                .description("requests that a model has computed")
                .tag(MODEL, model)
                .register(all));
        return size -> {
            sizes.join().record(size);
            count.join().increment(size);
        };
    }

    /** Adds gauges of the models' queues. */
    public void watch(Models models) {
        registry.thenAccept(all -> {
            for (ServedModel model : models.all()) {
                Gauge.builder("fovea.queue.requests", model, each -> each.queue()
                                .depth())
                        .description("requests that wait for a model")
                        .tag(MODEL, model.name())
                        .register(all);
            }
        });
    }

    /** Watches the memory of bodies. */
    public void watch(BodyBudget budget) {
        registry.thenAccept(all -> Gauge.builder("fovea.body.bytes", budget, BodyBudget::bytes)
                .description("bytes of the bodies of requests under way")
                .register(all));
    }

    /** Counts an answered request. */
    void answered(Context ctx, Duration time) {
        String route = ctx.attribute(Gate.ENTERED);
        Timer.builder("fovea.http.requests")
                .description("answered requests")
                .tag("route", route == null ? UNKNOWN : route)
                .tag("status", Integer.toString(ctx.statusCode()))
                .serviceLevelObjectives(SECONDS)
                .register(registry.join())
                .record(time);
    }

    @Override
    public List<Route> routes() {
        Map<String, Object> operation = Describe.operationWith(
                "Numbers on the server's work.", Describe.content("text/plain", Map.of("type", "string")));
        return List.of(Route.get(
                "/metrics", Access.TOKEN, operation, ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(registry.join().scrape())));
    }
}
