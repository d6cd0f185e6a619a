package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Ids of the tokens with a task, as {@code tokenizer_config.json} or {@code special_tokens_map.json} name them. Immutable.
 */
public final class SpecialTokens {
    static final String MAP = "special_tokens_map.json";

    private final Map<String, Integer> ids;

    private SpecialTokens(Map<String, Integer> ids) {
        this.ids = Map.copyOf(ids);
    }

    /**
     * The tokens of a checkpoint.
     *
     * @param config content of {@code tokenizer_config.json}
     */
    static SpecialTokens read(Path directory, JsonNode config, Vocabulary vocabulary) {
        Map<String, Integer> ids = new HashMap<>();
        for (JsonNode names : List.of(TokenizerFiles.readOptional(directory.resolve(MAP)), config)) {
            names.fields().forEachRemaining(entry -> {
                if (isToken(entry.getKey(), entry.getValue())) {
                    vocabulary.id(text(entry.getValue())).ifPresent(id -> ids.put(entry.getKey(), id));
                }
            });
        }
        return new SpecialTokens(ids);
    }

    /** Returns whether an entry names a token, rather than saying that there is none, or whether one is added. */
    static boolean isToken(String key, JsonNode value) {
        return key.endsWith("_token") && (value.isTextual() || value.isObject());
    }

    /** Content of a token, which is text or an object with rules of how it is found. */
    static String text(JsonNode token) {
        return token.isObject() ? token.path("content").asText() : token.asText();
    }

    /** Token that begins a text. */
    public OptionalInt begin() {
        return id("bos_token");
    }

    /** Token that ends a text. */
    public OptionalInt end() {
        return id("eos_token");
    }

    /** Token that pads short rows of a batch. */
    public OptionalInt padding() {
        return id("pad_token");
    }

    /** Token for words that are not in the vocabulary. */
    public OptionalInt unknown() {
        return id("unk_token");
    }

    /** BERT's first token, {@code [CLS]}. */
    public OptionalInt classification() {
        return id("cls_token");
    }

    /** BERT's last token, {@code [SEP]}. */
    public OptionalInt separator() {
        return id("sep_token");
    }

    /** Texts of the special tokens by their roles, as in {@code special_tokens_map.json}. */
    Map<String, Object> named(IntFunction<String> token) {
        Map<String, Object> out = new TreeMap<>();
        ids.forEach((name, id) -> out.put(name, token.apply(id)));
        return out;
    }

    private OptionalInt id(String name) {
        Integer id = ids.get(name);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
