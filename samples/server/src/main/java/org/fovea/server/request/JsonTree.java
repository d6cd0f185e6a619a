package org.fovea.server.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;

/** JSON of clients: of bounded depth, no name twice, nothing after it. */
public final class JsonTree {
    private static final int MOST_DEPTH = 32;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // clients must not fill a shared table
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonTree() {}

    /**
     * Reads an object.
     *
     * @throws ApiException when the bytes are not a JSON object
     */
    public static JsonNode object(byte[] utf8) {
        try {
            JsonNode node = MAPPER.readTree(utf8);
            if (node.isObject()) {
                return node;
            }
            throw ApiException.badRequest("the body must be a JSON object, got "
                    + (node.isMissingNode()
                            ? "nothing"
                            : Shown.of(node.getNodeType().toString())));
        } catch (MismatchedInputException e) {
            throw ApiException.badRequest("the body must be one JSON object, got more after its end", e);
        } catch (StreamConstraintsException e) {
            throw ApiException.badRequest(
                    "the body must be JSON of at most " + MOST_DEPTH + " levels and numbers of usual length", e);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body must be JSON, got " + Shown.of(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw ApiException.badRequest("the body must be JSON in UTF-8, got " + Shown.of(e.getMessage()), e);
        }
    }

    /** Parses an array that is the value of a parameter. */
    static JsonNode array(String parameter, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isArray()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // same message as for a value of another type
        }
        throw ApiException.badRequest(parameter + " must be a JSON array, got " + Shown.of(text));
    }
}
