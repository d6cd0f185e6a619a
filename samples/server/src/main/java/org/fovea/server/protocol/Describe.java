package org.fovea.server.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.server.request.Parameter;

/** Parts of an OpenAPI description. */
public final class Describe {
    private static final String JSON = "application/json";

    private Describe() {}

    /** Operation that answers with JSON. */
    public static Map<String, Object> operation(String summary, Map<String, Object> answer) {
        return operationWith(summary, content(JSON, answer));
    }

    /** Operation with an answer of any type. */
    public static Map<String, Object> operationWith(String summary, Map<String, Object> content) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("summary", summary);
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", response("the answer", content));
        responses.put("default", Map.of("$ref", "#/components/responses/Error"));
        out.put("responses", responses);
        return out;
    }

    private static Map<String, Object> response(String text, Map<String, Object> content) {
        return content.isEmpty() ? Map.of("description", text) : Map.of("description", text, "content", content);
    }

    /** Content of one type. */
    public static Map<String, Object> content(String type, Map<String, Object> schema) {
        return schema.isEmpty() ? Map.of(type, Map.of()) : Map.of(type, Map.of("schema", schema));
    }

    /** Parameters of a query. */
    public static List<Object> query(List<Parameter> parameters) {
        List<Object> out = new ArrayList<>();
        for (Parameter each : parameters) {
            out.add(Map.of("name", each.name(), "in", "query", "description", each.text(), "schema", schema(each)));
        }
        return out;
    }

    /** Parameter within the path. */
    public static Map<String, Object> path(String name, String text) {
        return Map.of(
                "name", name, "in", "path", "required", true, "description", text, "schema", Map.of("type", "string"));
    }

    /** The schema of a parameter. */
    public static Map<String, Object> schema(Parameter parameter) {
        return parameter.kind() == Parameter.Kind.ARRAY
                ? Map.of("type", "array", "items", Map.of())
                : Map.of("type", parameter.kind().schema());
    }
}
