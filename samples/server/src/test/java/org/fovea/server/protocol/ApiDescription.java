package org.fovea.server.protocol;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** An OpenAPI 3.0 description, with which answers are compared. */
final class ApiDescription {
    private static final String ADDRESS = "https://example.org/description.json";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    ApiDescription(JsonNode document) {
        this.document = document;
        this.schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(ADDRESS, document.toString())));
    }

    /** Its operations, each as {@code get /path}. */
    List<String> operations() {
        List<String> out = new ArrayList<>();
        document.path("paths").properties().forEach(path -> new TreeSet<>(List.of("get", "post", "put", "delete"))
                .stream()
                        .filter(method -> path.getValue().has(method))
                        .forEach(method -> out.add(method + " " + path.getKey())));
        return out;
    }

    /**
     * Violations of the description by an answer; none where it is as described.
     *
     * @param operation as {@link #operations} has it
     * @param type content type of the answer
     * @param body null where the answer is not JSON
     */
    List<String> problems(String operation, int status, String type, JsonNode body) {
        JsonPointer responses = pointer(operation).append(pointer("responses"));
        String key = document.at(responses).has(Integer.toString(status)) ? Integer.toString(status) : "default";
        JsonPointer response = resolved(responses.appendProperty(key));
        if (document.at(response).isMissingNode()) {
            return List.of(operation + " does not describe the status " + status);
        }
        JsonNode contents = document.at(response).path("content");
        if (contents.isEmpty()) {
            return List.of();
        }
        Optional<String> described = contents.properties().stream()
                .map(Map.Entry::getKey)
                .filter(type::startsWith)
                .findFirst();
        if (described.isEmpty()) {
            return List.of(operation + " does not describe the type " + type + " of the status " + status);
        }
        JsonPointer schema = response.appendProperty("content")
                .appendProperty(described.get())
                .appendProperty("schema");
        return body == null || document.at(schema).isMissingNode() ? List.of() : validate(schema, body);
    }

    /** Violations of the description by the JSON of a request. */
    List<String> requestProblems(String operation, JsonNode body) {
        return validate(
                pointer(operation)
                        .append(JsonPointer.compile("/requestBody/content"))
                        .appendProperty("application/json")
                        .appendProperty("schema"),
                body);
    }

    private static JsonPointer pointer(String operation) {
        int space = operation.indexOf(' ');
        return space < 0
                ? JsonPointer.empty().appendProperty(operation)
                : JsonPointer.empty()
                        .appendProperty("paths")
                        .appendProperty(operation.substring(space + 1))
                        .appendProperty(operation.substring(0, space));
    }

    private JsonPointer resolved(JsonPointer pointer) {
        JsonNode reference = document.at(pointer).path("$ref");
        return reference.isTextual() ? JsonPointer.compile(reference.asText().substring(1)) : pointer;
    }

    private List<String> validate(JsonPointer schema, JsonNode body) {
        if (document.at(schema).isMissingNode()) {
            throw new IllegalArgumentException("ApiDescription: there must be a schema at " + schema);
        }
        Schema found = schemas.getSchema(SchemaLocation.of(ADDRESS + "#"
                + schema.toString().replace("{", "%7B").replace("}", "%7D").replace("$", "%24")));
        return found.validate(body).stream().map(Error::toString).toList();
    }
}
