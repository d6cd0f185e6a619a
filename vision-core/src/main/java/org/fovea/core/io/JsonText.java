package org.fovea.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes JSON; what {@link JsonReader#readTree} has read comes back with its NaN and Infinity. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Formats an object for people to read. */
    public static String of(Content content) {
        return text(new DefaultPrettyPrinter(), json -> {
                    json.writeStartObject();
                    content.write(json);
                    json.writeEndObject();
                })
                + "\n";
    }

    /** Formats an object, such as one from {@link JsonReader#readTree}, for people to read. */
    public static String of(Map<String, ?> object) {
        return text(new DefaultPrettyPrinter(), json -> write(json, object)) + "\n";
    }

    /** Formats a value, such as one from {@link JsonReader#readTree}, on one line. */
    public static String line(Object value) {
        return text(null, json -> write(json, value));
    }

    /** Formats a value on one line. */
    public static String line(Content content) {
        return text(null, content);
    }

    private static String text(DefaultPrettyPrinter printer, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(printer);
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: nothing is written to a file
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> each : object.entrySet()) {
                json.writeFieldName((String) each.getKey());
                write(json, each.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> array) {
            json.writeStartArray();
            for (Object each : array) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigInteger || value instanceof Integer) {
            json.writeNumber(new BigInteger(value.toString()));
        } else if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeRawValue(number.toString()); // NaN and infinity in Python's notation
            }
        } else {
            json.writeString((String) value);
        }
    }

    /** The text written. */
    public interface Content {
        /** Writes the content. */
        void write(JsonGenerator json) throws IOException;
    }
}
