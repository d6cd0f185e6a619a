package org.fovea.core.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.ModelFormatException;

/**
 * Reads JSON into maps, lists, strings, BigIntegers, doubles, booleans and nulls.
 *
 * <p>By the streaming parser alone: data binding would add a tenth of a second to a cold start.
 */
final class JsonTree {
    /** ImageNet-21k with its labels takes 2 MB. */
    private static final long MAX_BYTES = 50_000_000;

    private JsonTree() {}

    static Map<String, Object> read(Path file, String cure) {
        String text = text(file, cure);
        try (JsonParser parser = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build()
                .createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelFormatException(
                        file + ": must hold one JSON object, got " + shown(clip(text)) + ". " + cure);
            }
            Map<String, Object> root = object(parser);
            if (parser.nextToken() != null) {
                throw new ModelFormatException(file + ": nothing may follow the JSON object, got \""
                        + shown(clip(parser.getText())) + "\". " + cure);
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file + ": must be JSON, got" + line(e) + ": " + shown(e.getOriginalMessage()) + ". " + cure, e);
        } catch (IOException e) {
            throw new ModelFormatException(file + ": reading failed: " + e.getMessage(), e);
        }
    }

    /** Errors about limits, such as nesting, carry no place. */
    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
    }

    private static String text(Path file, String cure) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFormatException(
                        file + ": must be at most " + MAX_BYTES + " bytes, got " + Files.size(file) + ". " + cure);
            }
            byte[] bytes = Files.readAllBytes(file);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(file + ": this file must exist, got none. " + cure, e);
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file + ": must be UTF-8 text, got bytes that are not. " + cure, e);
        } catch (IOException e) {
            throw new ModelFormatException(file + ": reading failed: " + e + ". Check that it is a readable file.", e);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> out = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            out.put(key, value(parser));
        }
        return Collections.unmodifiableMap(out);
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.add(value(parser));
        }
        return Collections.unmodifiableList(out);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> new BigInteger(parser.getText());
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static String clip(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text.isEmpty() ? "an empty file" : text;
    }

    /** Text from a file made fit for a terminal. */
    static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
