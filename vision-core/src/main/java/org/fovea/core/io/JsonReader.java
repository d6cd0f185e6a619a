package org.fovea.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fovea.core.ModelFormatException;

/**
 * One JSON object of a checkpoint file, read in one pass: UTF-8, no name twice, nothing after it, every error names the file.
 *
 * <p>NaN and Infinity are numbers, as Python writes them; those who use a number check its range. By the streaming parser
 * alone: data binding would add a tenth of a second to a cold start.
 */
public final class JsonReader {
    /** Maximum size of a JSON text: the reference's limit of a safetensors header (MAX_HEADER_SIZE in its tensor.rs). */
    public static final int MAX_BYTES = 100_000_000;

    private final Path file;
    private final String part;
    private final String cure;
    private final JsonParser json;

    private JsonReader(Path file, String part, String cure, JsonParser json) {
        this.file = file;
        this.part = part;
        this.cure = cure;
        this.json = json;
    }

    /**
     * Reads a file that holds one object into maps, lists, strings, BigIntegers, doubles, booleans and nulls.
     *
     * @param cure advice for a file with other contents, in one sentence
     * @return unmodifiable map in the file's order
     * @throws ModelFormatException when there is no such file, it cannot be read, or it is not one JSON object
     */
    public static Map<String, Object> readTree(Path file, String cure) {
        Map<String, Object> out = new LinkedHashMap<>();
        readObject(file, "", cure, bytes(file, cure), (name, value) -> out.put(name, value.tree(name)));
        return Collections.unmodifiableMap(out);
    }

    private static byte[] bytes(Path file, String cure) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw FormatErrors.file(file, "must be at most " + MAX_BYTES + " bytes", Files.size(file), cure);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw FormatErrors.file(file, "this file must exist", "none", cure, e);
        } catch (IOException e) {
            throw FormatErrors.io(file, "reading the file", e);
        }
    }

    /**
     * Reads an object, calling {@code field} for each name with this reader positioned at the value.
     *
     * @param part part of the file that is read, for error messages: "header"; empty for the whole file
     * @param cure advice for a part with other contents, in one sentence
     * @throws ModelFormatException when the bytes are not one JSON object
     */
    public static void readObject(Path file, String part, String cure, byte[] utf8, Field field) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (JsonParser json = factory().createParser(new InputStreamReader(new ByteArrayInputStream(utf8), decoder))) {
            JsonReader reader = new JsonReader(file, part, cure, json);
            json.nextToken();
            reader.fields(null, field);
            if (json.nextToken() != null) {
                throw reader.wrong("nothing but spaces may follow the object");
            }
        } catch (JsonProcessingException e) {
            // There is no location if a limit on nesting or number length is exceeded.
            String place = e.getLocation() == null
                    ? ""
                    : "at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw FormatErrors.file(file, of(part, " ") + "must be JSON", place + e.getOriginalMessage(), cure, e);
        } catch (CharacterCodingException e) {
            throw FormatErrors.file(file, of(part, " ") + "must be UTF-8 text", "bytes that are not", cure, e);
        } catch (IOException e) {
            throw FormatErrors.io(file, "reading the " + (part.isEmpty() ? "file" : part), e);
        }
    }

    private static JsonFactory factory() {
        // Names from an untrusted file must not stay in a shared symbol table.
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
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
     * @param owner owner of the object, for error messages; null for the outermost
     * @throws IOException when the text is not JSON, which {@link #readObject} reports
     */
    public void fields(String owner, Field field) throws IOException {
        String of = owner == null ? "" : " of '" + FormatErrors.shown(owner) + "'";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("the value" + of + " must be a JSON object");
        }
        Set<String> seen = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (!seen.add(name)) {
                throw FormatErrors.file(
                        file, of(part, ": ") + "a name may occur once" + of, "'" + name + "' twice", cure);
            }
            json.nextToken();
            field.read(name, this);
        }
    }

    /** Reads an object whose values are all strings; the result is sorted by name. */
    public Map<String, String> strings(String owner) throws IOException {
        Map<String, String> out = new TreeMap<>();
        fields(owner, (name, value) -> out.put(name, value.string(name)));
        return out;
    }

    /** Reads a string. */
    public String string(String owner) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("'" + FormatErrors.shown(owner) + "' must be a string");
        }
        return json.getText();
    }

    /** Reads an array of integers, each from 0 to {@code max}. */
    public long[] integers(String owner, int maxCount, long max) throws IOException {
        String rule = "'" + FormatErrors.shown(owner) + "' must be an array of at most " + maxCount
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
        return Arrays.copyOf(out, count);
    }

    /** Returns whether the value is null. */
    public boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Skips the value. */
    public void skip() throws IOException {
        json.skipChildren();
    }

    /** Value with everything in it, in the types of {@link #readTree}. */
    private Object tree(String owner) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> out = new LinkedHashMap<>();
                fields(owner, (name, value) -> out.put(name, value.tree(name)));
                yield Collections.unmodifiableMap(out);
            }
            case START_ARRAY -> {
                List<Object> out = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    out.add(tree(owner));
                }
                yield Collections.unmodifiableList(out);
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> new BigInteger(json.getText());
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static long integer(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1; // more than 63 bits
        }
    }

    private ModelFormatException wrong(String rule) throws IOException {
        JsonToken token = json.currentToken();
        String actual = token == null
                ? "the end of the " + (part.isEmpty() ? "file" : part)
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case END_ARRAY -> "the end of the array";
                    default -> json.getText();
                };
        return FormatErrors.file(file, of(part, ": ") + rule, actual, cure);
    }

    /** Name of the part, before a rule; empty for the whole file. */
    private static String of(String part, String separator) {
        return part.isEmpty() ? "" : part + separator;
    }

    /** Takes one named value; must read or skip all of it. */
    public interface Field {
        /** Reads the value at which the reader is positioned. */
        void read(String name, JsonReader value) throws IOException;
    }
}
