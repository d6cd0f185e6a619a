package org.fovea.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.task.Schemas;

/**
 * The description of all routes, made of what each says of itself.
 *
 * @param version version of the server
 * @param others all routes except its own
 */
public record OpenApi(String version, List<Route> others) implements Protocol {
    private static final String PATH = "/openapi.json";

    @Override
    public List<Route> routes() {
        Map<String, Object> operation = Describe.operation("This description.", Schemas.object(Map.of()));
        Route own = Route.get(PATH, Access.FREE, operation, ctx -> Json.answer(ctx, json()));
        return List.of(own);
    }

    private Map<String, Object> json() {
        Map<String, Object> paths = new LinkedHashMap<>();
        others.forEach(route -> add(paths, route));
        routes().forEach(route -> add(paths, route));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("openapi", "3.0.3");
        out.put(
                "info",
                Map.of(
                        "title",
                        "Fovea",
                        "version",
                        version,
                        "description",
                        "Classes, captions, masks and answers of images.",
                        "license",
                        Map.of("name", "Apache-2.0")));
        out.put("paths", paths);
        out.put("components", ApiSchemas.components());
        return out;
    }

    private static void add(Map<String, Object> paths, Route route) {
        Map<String, Object> operation = new LinkedHashMap<>(route.operation());
        operation.put("operationId", id(route));
        operation.put("security", route.access() == Access.FREE ? List.of() : List.of(Map.of("token", List.of())));
        @SuppressWarnings("unchecked")
        Map<String, Object> methods =
                (Map<String, Object>) paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<String, Object>());
        methods.put(route.method().name().toLowerCase(Locale.ROOT), operation);
    }

    private static String id(Route route) {
        String words = route.path().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return route.method().name().toLowerCase(Locale.ROOT) + "-" + (words.isEmpty() ? "page" : words);
    }
}
