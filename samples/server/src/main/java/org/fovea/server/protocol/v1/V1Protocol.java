package org.fovea.server.protocol.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.server.model.Models;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.protocol.Runner;
import org.fovea.server.request.RequestReader;
import org.fovea.server.task.Task;

/**
 * The server's own routes: the models and, for each task, one whose answers are those of Hugging Face's inference API.
 *
 * @param precision name of the precision, for the list of models
 */
public record V1Protocol(Models models, String precision, RequestReader reader, Runner runner) implements Protocol {
    @Override
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        Map<String, Object> listing =
                Describe.operation("Models with their state.", Map.of("$ref", "#/components/schemas/Models"));
        all.add(Route.get(
                "/v1/models",
                Access.TOKEN,
                listing,
                ctx -> Json.answer(ctx, new ModelListing(models, precision).json())));
        for (Task task : models.tasks().all()) {
            TaskRoute route = new TaskRoute(task, models, reader, runner);
            all.add(Route.post("/v1/" + task.name(), TaskOperation.of(task), route::handle));
        }
        return all;
    }
}
