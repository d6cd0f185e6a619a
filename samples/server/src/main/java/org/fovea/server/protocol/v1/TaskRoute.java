package org.fovea.server.protocol.v1;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fovea.server.model.Models;
import org.fovea.server.model.ServedModel;
import org.fovea.server.protocol.Answer;
import org.fovea.server.protocol.Client;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Runner;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.request.Parameter;
import org.fovea.server.request.RequestReader;
import org.fovea.server.task.Task;

/** The route of a task. */
record TaskRoute(Task task, Models models, RequestReader reader, Runner runner) {
    static final Parameter MODEL =
            Parameter.text("model", "The model that answers; by default the first one of the task.");

    static List<Parameter> parameters(Task task) {
        List<Parameter> all = new ArrayList<>(List.of(MODEL));
        all.addAll(task.parameters());
        return all;
    }

    void handle(Context ctx) throws IOException {
        ImageRequest request = reader.read(ctx);
        request.parameters().checkNames(parameters(task));
        ServedModel model = models.of(task, request.parameters().text(MODEL.name()));
        ctx.header("X-Fovea-Model", model.name());
        String accept = ctx.header("Accept");
        if (accept != null
                && accept.contains(EventAnswer.TYPE)
                && new EventAnswer(model, runner).handle(ctx, request)) {
            return;
        }
        Answer answer = runner.run(model, loaded -> loaded.open(request), Client.of(ctx)::isGone);
        ctx.header("Server-Timing", answer.timings().header());
        Json.answer(ctx, answer.json());
    }
}
