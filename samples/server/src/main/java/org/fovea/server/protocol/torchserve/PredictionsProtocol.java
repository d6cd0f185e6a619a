package org.fovea.server.protocol.torchserve;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.server.model.Models;
import org.fovea.server.model.ServedModel;
import org.fovea.server.protocol.Answer;
import org.fovea.server.protocol.Client;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.protocol.Runner;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.request.RequestReader;

/** Predictions as clients of TorchServe and DJL Serving ask for them; the answers are those of the model's task. */
public record PredictionsProtocol(Models models, RequestReader reader, Runner runner) implements Protocol {
    private static final String MODEL = "model";

    @Override
    public List<Route> routes() {
        Map<String, Object> operation =
                new LinkedHashMap<>(Describe.operation("Answers with the model's task.", Map.of()));
        operation.put("parameters", List.of(Describe.path(MODEL, "A name of /v1/models.")));
        Map<String, Object> file = Map.of("type", "string", "format", "binary");
        operation.put(
                "requestBody", Map.of("required", true, "content", Describe.content("application/octet-stream", file)));
        return List.of(Route.post("/predictions/{model}", operation, this::predict));
    }

    private void predict(Context ctx) {
        ServedModel model = models.named(ctx.pathParam(MODEL));
        ImageRequest request = reader.read(ctx);
        model.ready();
        request.parameters().checkNames(model.task().orElseThrow().parameters());
        Answer answer = runner.run(model, loaded -> loaded.open(request), Client.of(ctx)::isGone);
        ctx.header("X-Fovea-Model", model.name())
                .header("Server-Timing", answer.timings().header());
        Json.answer(ctx, answer.json());
    }
}
