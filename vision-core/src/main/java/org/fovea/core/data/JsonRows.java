package org.fovea.core.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects of a file of JSON that lists a data set's samples: JSON lines ({@code .jsonl}), an array of objects, or an object
 * that holds the array under a key. They are read one by one, whatever the length of the file.
 */
public final class JsonRows {
    private static final ObjectMapper WHOLE = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectMapper PART = new ObjectMapper();
    private static final int SHOWN = 60;

    private final String file;
    private final String form;
    private final Consumer<Row> rows;

    private JsonRows(String file, String form, Consumer<Row> rows) {
        this.file = file;
        this.form = form;
        this.rows = rows;
    }

    /**
     * Reads JSON lines; empty lines are skipped.
     *
     * @param file name of the file in errors
     * @param form example of a line, for errors: <code>{"image": "…", "captions": ["…"]}</code>
     * @throws DataSetException when a line is not a JSON object, or the file cannot be read
     */
    public static void lines(String file, InputStream text, String form, Consumer<Row> rows) {
        new JsonRows(file, form, rows).guarded(text, JsonRows::lines);
    }

    /**
     * Reads a JSON array of objects.
     *
     * @param key key of the array if the file holds an object
     * @throws DataSetException when there is no such array, or the file cannot be read
     */
    public static void array(String file, InputStream text, String key, String form, Consumer<Row> rows) {
        new JsonRows(file, form, rows).guarded(text, (reader, utf8) -> reader.array(utf8, key));
    }

    private interface Reading {
        void read(JsonRows reader, BufferedReader text) throws IOException;
    }

    private void guarded(InputStream text, Reading reading) {
        try (BufferedReader utf8 = new BufferedReader(
                new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()))) { // reports malformed UTF-8
            reading.read(this, utf8);
        } catch (CharacterCodingException e) {
            throw new DataSetException(file + ": must be text in UTF-8, got other bytes; convert it with iconv", e);
        } catch (IOException e) {
            throw new DataSetException(file + ": cannot be read: " + e + "; check the file", e);
        }
    }

    private void lines(BufferedReader text) throws IOException {
        int number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                row(", line " + number, line);
            }
        }
    }

    private void row(String place, String line) {
        JsonNode node;
        try {
            node = WHOLE.readTree(line);
        } catch (JsonProcessingException e) {
            throw new DataSetException(
                    file + place + ": must be JSON, " + form + ", got '" + shown(line) + "': "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
        accept(place, node);
    }

    private void accept(String place, JsonNode node) {
        if (!node.isObject()) {
            throw new DataSetException(
                    file + place + ": must be an object " + form + ", got " + shown(node.toString()));
        }
        rows.accept(new Row(file + place, node));
    }

    private void array(BufferedReader text, String key) throws IOException {
        try (JsonParser json = PART.createParser(text)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                find(json, key);
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new DataSetException(file + ": must be an array of objects " + form + ", or hold one as \"" + key
                        + "\", got neither; give a file of that form, or JSON lines named .jsonl");
            }
            for (int number = 1; json.nextToken() != JsonToken.END_ARRAY; number++) {
                accept(", object " + number, PART.readTree(json));
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DataSetException(
                    file + ", line " + line + ": must be JSON, got '"
                            + e.getOriginalMessage().lines().findFirst().orElse("") + "'; check the file",
                    e);
        }
    }

    /** Advances to the value of a key. */
    private static void find(JsonParser json, String key) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = json.currentName().equals(key);
            json.nextToken();
            if (here) {
                return;
            }
            json.skipChildren();
        }
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    /**
     * One object.
     *
     * @param place place of the object, for errors
     */
    public record Row(String place, JsonNode value) {
        /**
         * Value of a required text.
         *
         * @throws DataSetException when there is none
         */
        public String text(String key) {
            return optionalText(key).orElseThrow(() -> error("must give a text as \"" + key + "\", got none"));
        }

        /**
         * Value of an optional text; an empty text counts as absent.
         *
         * @throws DataSetException when the value is not a text
         */
        public Optional<String> optionalText(String key) {
            JsonNode node = value.path(key);
            if (node.isMissingNode() || node.isNull()) {
                return Optional.empty();
            }
            if (!node.isTextual()) {
                throw error("must give a text as \"" + key + "\", got " + shown(node.toString()));
            }
            return Optional.of(node.asText()).filter(text -> !text.isBlank());
        }

        /**
         * Value of a required list of texts; a single text counts as a list of one.
         *
         * @throws DataSetException when there is none, or a value is not a text
         */
        public List<String> texts(String key) {
            JsonNode node = value.path(key);
            if (node.isTextual()) {
                return List.of(node.asText());
            }
            if (!node.isArray()) {
                throw error("must give a list of texts as \"" + key + "\", got "
                        + (node.isMissingNode() ? "none" : shown(node.toString())));
            }
            List<String> out = new ArrayList<>();
            for (JsonNode each : node) {
                if (!each.isTextual()) {
                    throw error("must give texts as \"" + key + "\", got " + shown(each.toString()));
                }
                out.add(each.asText());
            }
            return out;
        }

        /** Objects of a list, each with the place of this object. */
        public List<Row> rows(String key) {
            List<Row> out = new ArrayList<>();
            value.path(key).forEach(each -> out.add(new Row(place, each)));
            return out;
        }

        /** Error about this object. */
        public DataSetException error(String problem) {
            return new DataSetException(place + ": " + problem);
        }
    }
}
