package org.fovea.server.request;

/**
 * A parameter that a request may have.
 *
 * @param name in queries, forms and JSON
 * @param kind of its values
 * @param text one sentence on what it does, with its default
 */
public record Parameter(String name, Kind kind, String text) {
    /** Values of a parameter, by their names in JSON Schema. */
    public enum Kind {
        /** Text. */
        STRING("string"),
        /** Whole numbers. */
        INTEGER("integer"),
        /** Numbers. */
        NUMBER("number"),
        /** Yes and no. */
        BOOLEAN("boolean"),
        /** Lists, which in queries and forms are JSON or repeated fields. */
        ARRAY("array");

        private final String schema;

        Kind(String schema) {
            this.schema = schema;
        }

        /** The name in JSON Schema. */
        public String schema() {
            return schema;
        }
    }

    /** A parameter of text. */
    public static Parameter text(String name, String text) {
        return new Parameter(name, Kind.STRING, text);
    }

    /** A parameter of whole numbers. */
    public static Parameter integer(String name, String text) {
        return new Parameter(name, Kind.INTEGER, text);
    }

    /** A parameter of numbers. */
    public static Parameter number(String name, String text) {
        return new Parameter(name, Kind.NUMBER, text);
    }

    /** A parameter of yes and no. */
    public static Parameter flag(String name, String text) {
        return new Parameter(name, Kind.BOOLEAN, text);
    }

    /** A parameter of lists. */
    public static Parameter list(String name, String text) {
        return new Parameter(name, Kind.ARRAY, text);
    }
}
