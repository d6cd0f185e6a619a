package org.fovea.server.request;

/**
 * A parameter that a request may have.
 *
 * @param name name in queries, forms and JSON
 * @param kind type of the values
 * @param text description in one sentence, with the default
 */
public record Parameter(String name, Kind kind, String text) {
    /** Values of a parameter, by their names in JSON Schema. */
    public enum Kind {
        /** Text. */
        STRING("string"),
        /** Integers. */
        INTEGER("integer"),
        /** Real numbers. */
        NUMBER("number"),
        /** Booleans. */
        BOOLEAN("boolean"),
        /** Lists, which are JSON or repeated fields in queries and forms. */
        ARRAY("array");

        private final String schema;

        Kind(String schema) {
            this.schema = schema;
        }

        /** Name of the type in JSON Schema. */
        public String schema() {
            return schema;
        }
    }

    /** Creates a text parameter. */
    public static Parameter text(String name, String text) {
        return new Parameter(name, Kind.STRING, text);
    }

    /** Creates an integer parameter. */
    public static Parameter integer(String name, String text) {
        return new Parameter(name, Kind.INTEGER, text);
    }

    /** Creates a number parameter. */
    public static Parameter number(String name, String text) {
        return new Parameter(name, Kind.NUMBER, text);
    }

    /** Creates a boolean parameter. */
    public static Parameter flag(String name, String text) {
        return new Parameter(name, Kind.BOOLEAN, text);
    }

    /** Creates a list parameter. */
    public static Parameter list(String name, String text) {
        return new Parameter(name, Kind.ARRAY, text);
    }
}
