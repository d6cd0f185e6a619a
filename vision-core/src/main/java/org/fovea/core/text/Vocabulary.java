package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.fovea.core.ModelFormatException;

/** Tokens and their ids, as a {@code tokenizer.json} lists them. */
final class Vocabulary {
    private final Map<String, Integer> ids;
    private final Map<Integer, String> tokens = new HashMap<>();

    private Vocabulary(Map<String, Integer> ids) {
        this.ids = ids;
        ids.forEach((token, id) -> tokens.put(id, token));
    }

    static Vocabulary of(JsonNode tokenizer, Path directory) {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .fields()
                    .forEachRemaining(
                            entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        } else {
            for (int i = 0; i < vocabulary.size(); i++) {
                ids.put(vocabulary.get(i).path(0).asText(), i);
            }
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            ids.put(added.path("content").asText(), added.path("id").asInt());
        }
        if (ids.isEmpty()) {
            throw new ModelFormatException(
                    directory
                            + ": tokenizer.json must list a vocabulary under 'model', got none. Download tokenizer.json again.");
        }
        return new Vocabulary(ids);
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    String token(int id) {
        return tokens.getOrDefault(id, "[" + id + "]");
    }

    int size() {
        return 1 + Collections.max(ids.values());
    }
}
