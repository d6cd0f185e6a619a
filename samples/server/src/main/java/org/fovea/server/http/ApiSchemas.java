package org.fovea.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.server.task.Schemas;

/** Schemas that several routes share. */
final class ApiSchemas {
    private static final Map<String, Object> FLAG = Map.of("type", "boolean");
    private static final Map<String, Object> ANY = Map.of("type", "object");

    private ApiSchemas() {}

    static Map<String, Object> components() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put("Error", Schemas.object(Map.of("error", Schemas.TEXT), "error"));
        schemas.put("Attention", attention());
        schemas.put("Models", models());
        schemas.putAll(inference());
        Map<String, Object> error = Map.of(
                "description",
                "what is wrong and what to do about it",
                "content",
                Map.of("application/json", Map.of("schema", ref("Error"))));
        return Map.of(
                "schemas", schemas,
                "responses", Map.of("Error", error),
                "securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
    }

    private static Map<String, Object> ref(String schema) {
        return Map.of("$ref", "#/components/schemas/" + schema);
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> out = new LinkedHashMap<>(schema);
        out.put("nullable", true);
        return out;
    }

    private static Map<String, Object> attention() {
        Map<String, Object> region = Schemas.object(
                Map.of(
                        "left", Schemas.NUMBER,
                        "top", Schemas.NUMBER,
                        "right", Schemas.NUMBER,
                        "bottom", Schemas.NUMBER),
                "left",
                "top",
                "right",
                "bottom");
        return Schemas.object(
                Map.of(
                        "rows",
                        Schemas.INTEGER,
                        "columns",
                        Schemas.INTEGER,
                        "weights",
                        Schemas.list(Schemas.NUMBER),
                        "region",
                        region),
                "rows",
                "columns",
                "weights",
                "region");
    }

    private static Map<String, Object> models() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", Schemas.TEXT);
        members.put("task", nullable(Schemas.TEXT));
        members.put("state", Map.of("type", "string", "enum", List.of("loading", "ready", "failed")));
        members.put("reason", nullable(Schemas.TEXT));
        members.put("default", FLAG);
        members.put("precision", Schemas.TEXT);
        members.put("load_seconds", nullable(Schemas.NUMBER));
        members.put("shipped", FLAG);
        members.put("summary", nullable(Schemas.TEXT));
        members.put("description", Map.of("type", "object", "additionalProperties", Schemas.TEXT));
        members.put("parameters", Schemas.INTEGER);
        members.put("labels", Schemas.list(Schemas.TEXT));
        members.put("instances", FLAG);
        members.put("prompts", FLAG);
        members.put("free_text", FLAG);
        members.put("defaults", ANY);
        Map<String, Object> model =
                Schemas.object(members, "name", "task", "state", "reason", "default", "precision", "load_seconds");
        return Schemas.object(Map.of("models", Schemas.list(model)), "models");
    }

    private static Map<String, Object> inference() {
        Map<String, Object> tensor =
                Map.of("name", Schemas.TEXT, "datatype", Schemas.TEXT, "shape", Schemas.list(Schemas.INTEGER));
        Map<String, Object> data = new LinkedHashMap<>(tensor);
        data.put("data", Map.of("type", "array", "items", Map.of()));
        Map<String, Object> values = Schemas.object(data, "name", "shape", "datatype", "data");
        Map<String, Object> named = Schemas.object(tensor, "name", "datatype", "shape");
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(
                "ServerMetadata",
                Schemas.object(
                        Map.of(
                                "name", Schemas.TEXT,
                                "version", Schemas.TEXT,
                                "extensions", Schemas.list(Schemas.TEXT)),
                        "name",
                        "version",
                        "extensions"));
        out.put(
                "ModelMetadata",
                Schemas.object(
                        Map.of(
                                "name", Schemas.TEXT,
                                "versions", Schemas.list(Schemas.TEXT),
                                "platform", Schemas.TEXT,
                                "inputs", Schemas.list(named),
                                "outputs", Schemas.list(named)),
                        "name",
                        "platform"));
        out.put("ModelReady", Schemas.object(Map.of("name", Schemas.TEXT, "ready", FLAG), "name", "ready"));
        Map<String, Object> wanted = Schemas.list(Schemas.object(Map.of("name", Schemas.TEXT), "name"));
        out.put(
                "InferenceRequest",
                Schemas.object(
                        Map.of(
                                "id",
                                Schemas.TEXT,
                                "parameters",
                                ANY,
                                "inputs",
                                Schemas.list(values),
                                "outputs",
                                wanted),
                        "inputs"));
        out.put(
                "InferenceResponse",
                Schemas.object(
                        Map.of(
                                "model_name", Schemas.TEXT,
                                "model_version", Schemas.TEXT,
                                "id", Schemas.TEXT,
                                "outputs", Schemas.list(values)),
                        "model_name",
                        "outputs"));
        return out;
    }
}
