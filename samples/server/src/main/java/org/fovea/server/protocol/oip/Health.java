package org.fovea.server.protocol.oip;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.fovea.server.model.Models;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;

/**
 * Health of the server, as the Open Inference Protocol and TorchServe ask for it.
 *
 * @param open returns whether requests are accepted
 */
public record Health(Models models, BooleanSupplier open) implements Protocol {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v2/health/live",
                        Access.FREE,
                        Describe.operation("Tells whether the server listens.", Map.of()),
                        ctx -> answer(ctx, "live", true)),
                Route.get(
                        "/v2/health/ready",
                        Access.FREE,
                        Describe.operation("Tells whether the models are loaded.", Map.of()),
                        ctx -> answer(ctx, "ready", models.isReady() && open.getAsBoolean())),
                Route.get("/ping", Access.FREE, Describe.operation("TorchServe's health.", Map.of()), this::ping));
    }

    private static void answer(Context ctx, String name, boolean healthy) {
        ctx.status(healthy ? OK : UNAVAILABLE);
        Json.answer(ctx, Map.of(name, healthy));
    }

    private void ping(Context ctx) {
        boolean healthy = open.getAsBoolean();
        ctx.status(healthy ? OK : UNAVAILABLE);
        Json.answer(ctx, Map.of("status", healthy ? "Healthy" : "Unhealthy"));
    }
}
