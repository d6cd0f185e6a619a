package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.ModelFormatException;

/**
 * BERT's tokenizer from its {@code vocab.txt}: lower case, accents stripped, words split into the longest pieces.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019</a>
 */
final class WordPieceJson {
    private static final int LONGEST_WORD = 100; // default of the reference

    private WordPieceJson() {}

    static JsonNode of(List<String> lines, JsonNode config) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        lines.forEach(line -> vocabulary.putIfAbsent(line, vocabulary.size()));
        String unknown = token(config, "unk_token", "[UNK]");
        String first = token(config, "cls_token", "[CLS]");
        String last = token(config, "sep_token", "[SEP]");
        JsonNode accents = config.path("strip_accents");
        ObjectNode out = TokenizerJson.tokenizer(
                "normalizer",
                TokenizerJson.object(
                        "type",
                        "BertNormalizer",
                        "clean_text",
                        true,
                        "handle_chinese_chars",
                        config.path("tokenize_chinese_chars").asBoolean(true),
                        "strip_accents",
                        accents.isBoolean() ? accents.asBoolean() : null,
                        "lowercase",
                        config.path("do_lower_case").asBoolean(true)),
                "pre_tokenizer",
                TokenizerJson.object("type", "BertPreTokenizer"),
                "post_processor",
                template(vocabulary, first, last),
                "decoder",
                TokenizerJson.object("type", "WordPiece", "prefix", "##", "cleanup", true),
                "model",
                TokenizerJson.object(
                        "type",
                        "WordPiece",
                        "unk_token",
                        unknown,
                        "continuing_subword_prefix",
                        "##",
                        "max_input_chars_per_word",
                        LONGEST_WORD,
                        "vocab",
                        vocabulary));
        TokenizerJson.addTokens(out, vocabulary, config);
        return out;
    }

    private static ObjectNode template(Map<String, Integer> vocabulary, String first, String last) {
        ObjectNode one = TokenizerJson.specialToken(first, 0);
        ObjectNode a = TokenizerJson.sequence("A", 0);
        ObjectNode end = TokenizerJson.specialToken(last, 0);
        return TokenizerJson.object(
                "type",
                "TemplateProcessing",
                "single",
                List.of(one, a, end),
                "pair",
                List.of(one, a, end, TokenizerJson.sequence("B", 1), TokenizerJson.specialToken(last, 1)),
                "special_tokens",
                TokenizerJson.object(
                        first, TokenizerJson.definition(first, id(vocabulary, first)),
                        last, TokenizerJson.definition(last, id(vocabulary, last))));
    }

    private static int id(Map<String, Integer> vocabulary, String token) {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw new ModelFormatException("vocab.txt: must hold the token '" + token + "', got " + vocabulary.size()
                    + " lines without it. Download vocab.txt and tokenizer_config.json again.");
        }
        return id;
    }

    private static String token(JsonNode config, String name, String usual) {
        return config.hasNonNull(name) ? SpecialTokens.text(config.get(name)) : usual;
    }
}
