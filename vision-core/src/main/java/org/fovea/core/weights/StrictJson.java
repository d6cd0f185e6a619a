package org.fovea.core.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One JSON object of a checkpoint file, read in one pass: strict UTF-8, no name twice, every error names the file. */
final class StrictJson {
    /** The largest JSON text read: the reference's bound on a safetensors header (MAX_HEADER_SIZE in its tensor.rs). */
    static final int MAX_BYTES = 100_000_000;

    private final Path file;
    private final String part;
    private final String cure;
    private final JsonParser json;

    private StrictJson(Path file, String part, String cure, JsonParser json) {
        this.file = file;
        this.part = part;
        this.cure = cure;
        this.json = json;
    }

    /**
     * Reads an object, calling {@code field} for each name with this reader standing on the value.
     *
     * @param part what of the file is read, for error texts: "header"
     */
    static void readObject(Path file, String part, String cure, byte[] utf8, Field field) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (JsonParser json = factory().createParser(new InputStreamReader(new ByteArrayInputStream(utf8), decoder))) {
            StrictJson reader = new StrictJson(file, part, cure, json);
            json.nextToken();
            reader.fields(null, field);
            if (json.nextToken() != null) {
                throw reader.wrong("nothing but spaces may follow the object");
            }
        } catch (JsonProcessingException e) {
            // Where a limit on nesting or number length is broken, there is no location.
            String place = e.getLocation() == null
                    ? ""
                    : " at character " + e.getLocation().getCharOffset();
            throw Faults.file(file, part + " must be JSON", e.getOriginalMessage() + place, cure);
        } catch (CharacterCodingException e) {
            throw Faults.file(file, part + " must be UTF-8", "bytes that are not", cure);
        } catch (IOException e) {
            throw Faults.io(file, "reading the " + part, e);
        }
    }

    private static JsonFactory factory() {
        // Names come from an untrusted file: they must not stay in a shared symbol table.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(MAX_BYTES)
                        .maxStringLength(MAX_BYTES)
                        .build())
                .build();
    }

    /**
     * Reads the object that starts here.
     *
     * @param owner whose object it is, for error texts; null for the outermost
     */
    void fields(String owner, Field field) throws IOException {
        String of = owner == null ? "" : " of '" + Faults.shown(owner) + "'";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("the value" + of + " must be a JSON object");
        }
        Set<String> seen = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (!seen.add(name)) {
                throw Faults.file(file, part + ": a name may occur once" + of, "'" + name + "' twice", cure);
            }
            json.nextToken();
            field.read(name, this);
        }
    }

    /** Reads an object whose values are all strings; sorted by name. */
    Map<String, String> strings(String owner) throws IOException {
        Map<String, String> out = new TreeMap<>();
        fields(owner, (name, value) -> out.put(name, value.string(name)));
        return out;
    }

    /** Reads a string. */
    String string(String owner) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("'" + Faults.shown(owner) + "' must be a string");
        }
        return json.getText();
    }

    /** Reads an array of integers, each from 0 to {@code max}. */
    long[] integers(String owner, int maxCount, long max) throws IOException {
        String rule = "'" + Faults.shown(owner) + "' must be an array of at most " + maxCount
                + " whole numbers from 0 to " + max;
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(rule);
        }
        long[] out = new long[maxCount];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == maxCount || json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw wrong(rule);
            }
            long value = integer(json.getText());
            if (value < 0 || value > max) {
                throw wrong(rule);
            }
            out[count++] = value;
        }
        return java.util.Arrays.copyOf(out, count);
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Passes over the value, whatever it is. */
    void skip() throws IOException {
        json.skipChildren();
    }

    private static long integer(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1; // more than 63 bits
        }
    }

    private RuntimeException wrong(String rule) throws IOException {
        JsonToken token = json.currentToken();
        String actual = token == null
                ? "the end of the " + part
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case END_ARRAY -> "the end of the array";
                    default -> json.getText();
                };
        return Faults.file(file, part + ": " + rule, actual, cure);
    }

    /** Takes one named value; must read or skip all of it. */
    interface Field {
        void read(String name, StrictJson value) throws IOException;
    }
}
