package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Parts of a {@code tokenizer.json} that all kinds of tokenizer share. */
final class TokenizerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerJson() {}

    /** Creates an object from alternating keys and values. */
    static ObjectNode object(Object... entries) {
        ObjectNode out = JSON.createObjectNode();
        for (int i = 0; i < entries.length; i += 2) {
            out.set((String) entries[i], JSON.valueToTree(entries[i + 1]));
        }
        return out;
    }

    /** Creates a complete tokenizer without added tokens. */
    static ObjectNode tokenizer(Object... entries) {
        ObjectNode out = object("version", "1.0", "truncation", null, "padding", null, "added_tokens", new Object[0]);
        out.setAll(object(entries));
        return out;
    }

    /**
     * The content of {@code tokenizer_config.json} with the reference's usual tokens where it leaves them out and the vocabulary
     * has them.
     */
    static JsonNode withUsual(JsonNode config, Map<String, Integer> vocabulary, Map<String, String> usual) {
        ObjectNode out = config.deepCopy();
        usual.forEach((name, token) -> {
            if (!config.has(name) && vocabulary.containsKey(token)) {
                out.put(name, token);
            }
        });
        return out;
    }

    /**
     * Adds the tokens that {@code tokenizer_config.json} names: those with an id of its own, the usual ones, and further
     * special tokens. Those that the vocabulary lacks get the ids behind it, in order.
     */
    static void addTokens(ObjectNode tokenizer, Map<String, Integer> vocabulary, JsonNode config) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        config.path("added_tokens_decoder")
                .fields()
                .forEachRemaining(
                        entry -> ids.put(SpecialTokens.text(entry.getValue()), Integer.parseInt(entry.getKey())));
        int next = 1
                + Stream.concat(vocabulary.values().stream(), ids.values().stream())
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(-1);
        for (String token : named(config)) {
            if (!ids.containsKey(token)) {
                ids.put(token, vocabulary.containsKey(token) ? vocabulary.get(token) : next++);
            }
        }
        ArrayNode added = (ArrayNode) tokenizer.get("added_tokens");
        ids.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> added.add(addedToken(entry.getKey(), entry.getValue())));
    }

    private static Set<String> named(JsonNode config) {
        Set<String> out = new LinkedHashSet<>();
        config.fields().forEachRemaining(entry -> {
            if (SpecialTokens.isToken(entry.getKey(), entry.getValue())) {
                out.add(SpecialTokens.text(entry.getValue()));
            }
        });
        for (String list : new String[] {"additional_special_tokens", "extra_special_tokens"}) {
            config.path(list).forEach(token -> out.add(SpecialTokens.text(token)));
        }
        return out;
    }

    private static ObjectNode addedToken(String content, int id) {
        return object(
                "id",
                id,
                "content",
                content,
                "single_word",
                false,
                "lstrip",
                false,
                "rstrip",
                false,
                "normalized",
                false,
                "special",
                true);
    }

    /** Creates the step of a template that stands for the text. */
    static ObjectNode sequence(String id, int type) {
        return object("Sequence", object("id", id, "type_id", type));
    }

    /** Creates the step of a template that stands for a special token. */
    static ObjectNode specialToken(String token, int type) {
        return object("SpecialToken", object("id", token, "type_id", type));
    }

    /** Creates the definition of a special token of a template. */
    static ObjectNode definition(String token, int id) {
        return object("id", token, "ids", new int[] {id}, "tokens", new String[] {token});
    }
}
