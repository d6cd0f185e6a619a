package org.fovea.cli.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.fovea.core.config.Nearest;

/**
 * Everything that decides a training run but the data: a value for each {@link RecipeKey}; immutable.
 *
 * <p>As a file it is one JSON object; a key that it leaves out has its usual value.
 */
public final class Recipe {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final Map<RecipeKey, Object> values;

    private Recipe(Map<RecipeKey, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** The usual value of every key. */
    public static Recipe usual() {
        Map<RecipeKey, Object> values = new EnumMap<>(RecipeKey.class);
        for (RecipeKey key : RecipeKey.values()) {
            values.put(key, key.initial());
        }
        return new Recipe(values);
    }

    /**
     * Reads a file.
     *
     * @throws RecipeException when it is no JSON object, has a key that there is not, or a value that breaks its rule
     * @throws IOException when it cannot be read
     */
    public static Recipe read(Path file) throws IOException {
        Recipe recipe = usual();
        try (JsonParser json = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(Files.readString(file))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RecipeException(file + ": a recipe must be one JSON object such as {\"epochs\": 100}");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                recipe = recipe.with(file.toString(), name, value(json));
            }
            return recipe;
        } catch (JsonProcessingException e) {
            throw new RecipeException(
                    file + ": must be JSON, got at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case START_OBJECT -> {
                json.skipChildren();
                yield "an object";
            }
            default -> "null";
        };
    }

    private Recipe with(String source, String name, Object value) {
        List<String> known =
                Arrays.stream(RecipeKey.values()).map(RecipeKey::key).toList();
        RecipeKey key = RecipeKey.of(name)
                .orElseThrow(() -> new RecipeException(source + ": a recipe has no key \"" + name
                        + "\". Did you mean \"" + Nearest.of(name, known) + "\"? The keys are " + known));
        return with(source, key, value);
    }

    private Recipe with(String source, RecipeKey key, Object value) {
        Map<RecipeKey, Object> changed = new EnumMap<>(values);
        changed.put(
                key,
                key.accept(value)
                        .orElseThrow(() -> new RecipeException(
                                source + ": \"" + key.key() + "\" must be " + key.rule() + ", got " + value)));
        return new Recipe(changed);
    }

    /**
     * This recipe with another value.
     *
     * @throws RecipeException when the value breaks the key's rule
     */
    public Recipe with(RecipeKey key, Object value) {
        return with("the recipe", key, value);
    }

    /**
     * This recipe with a value in words, as on a command line.
     *
     * @throws RecipeException when there is no such key, or the value breaks its rule
     */
    public Recipe set(String key, String value) {
        List<Object> parsed = Arrays.stream(value.split(",")).map(Recipe::parse).toList();
        return with("--set", key, parsed.size() == 1 ? parsed.get(0) : parsed);
    }

    private static Object parse(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        return NUMBER.matcher(word).matches() ? Double.valueOf(word) : word;
    }

    /** A whole number. */
    public int whole(RecipeKey key) {
        return (Integer) values.get(key);
    }

    /** A number. */
    public double number(RecipeKey key) {
        return (Double) values.get(key);
    }

    /** A string. */
    public String text(RecipeKey key) {
        return (String) values.get(key);
    }

    /** A truth value. */
    public boolean flag(RecipeKey key) {
        return (Boolean) values.get(key);
    }

    /** A number for each of R, G and B. */
    @SuppressWarnings("unchecked") // RecipeKey.accept makes no other lists
    public List<Double> colour(RecipeKey key) {
        return (List<Double>) values.get(key);
    }

    /** The recipe as JSON with every key, in a fixed order. */
    public String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<RecipeKey, Object> entry : values.entrySet()) {
                json.writeFieldName(entry.getKey().key());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file that could fail
        }
        return out + "\n";
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value instanceof Integer i) {
            json.writeNumber(i);
        } else if (value instanceof Double d) {
            json.writeNumber(d);
        } else if (value instanceof Boolean b) {
            json.writeBoolean(b);
        } else {
            json.writeString((String) value);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Recipe r && r.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@link #json}. */
    @Override
    public String toString() {
        return json();
    }
}
