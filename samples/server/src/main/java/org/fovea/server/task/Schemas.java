package org.fovea.server.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas as OpenAPI writes them. */
public final class Schemas {
    /** Text. */
    public static final Map<String, Object> TEXT = Map.of("type", "string");
    /** A number. */
    public static final Map<String, Object> NUMBER = Map.of("type", "number");
    /** An integer. */
    public static final Map<String, Object> INTEGER = Map.of("type", "integer");
    /** A grid of weights on the image; see {@link AttentionJson}. */
    public static final Map<String, Object> ATTENTION = Map.of("$ref", "#/components/schemas/Attention");

    private Schemas() {}

    /** A list. */
    public static Map<String, Object> list(Map<String, Object> each) {
        return Map.of("type", "array", "items", each);
    }

    /**
     * An object.
     *
     * @param required names of the members that are always present
     */
    public static Map<String, Object> object(Map<String, Object> members, String... required) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", "object");
        out.put("properties", members);
        if (required.length > 0) {
            out.put("required", List.copyOf(Arrays.asList(required)));
        }
        return out;
    }
}
