package org.fovea.server.protocol.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.server.protocol.Describe;
import org.fovea.server.request.Parameter;
import org.fovea.server.task.Schemas;
import org.fovea.server.task.Task;

/** Description of the route of a task. */
public final class TaskOperation {
    private static final Map<String, Object> FILE = Map.of("type", "string", "format", "binary");

    private TaskOperation() {}

    /** Operation object of OpenAPI for a task. */
    public static Map<String, Object> of(Task task) {
        Map<String, Object> out = Describe.operation(task.text(), task.answerSchema());
        out.put("parameters", Describe.query(TaskRoute.parameters(task)));
        out.put("requestBody", body(task));
        return out;
    }

    private static Map<String, Object> body(Task task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Parameter each : TaskRoute.parameters(task)) {
            fields.put(each.name(), Describe.schema(each));
        }
        Map<String, Object> form = new LinkedHashMap<>(fields);
        form.put("image", FILE);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("multipart/form-data", Map.of("schema", Schemas.object(form, "image")));
        content.put("image/*", Map.of("schema", FILE));
        content.put("application/octet-stream", Map.of("schema", FILE));
        Map<String, Object> inputs =
                Map.of("oneOf", List.of(Schemas.TEXT, Schemas.object(Map.of("image", Schemas.TEXT), "image")));
        content.put(
                "application/json",
                Map.of(
                        "schema",
                        Schemas.object(Map.of("inputs", inputs, "parameters", Schemas.object(fields)), "inputs")));
        return Map.of("required", true, "content", content);
    }
}
