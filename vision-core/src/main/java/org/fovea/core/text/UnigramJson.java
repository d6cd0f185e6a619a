package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.text.SentencePieceModel.Piece;

/**
 * SigLIP's tokenizer from its SentencePiece model: punctuation removed, lower case, the likeliest pieces, and an end token.
 *
 * @see <a href="https://arxiv.org/abs/1804.10959">Kudo 2018</a>
 * @see <a href="https://arxiv.org/abs/2303.15343">Zhai et al. 2023</a>
 */
final class UnigramJson {
    private static final char SPACE = '\u2581'; // stands for a space within pieces
    private static final String PUNCTUATION =
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]"; // Python's string.punctuation

    private static final String END = "</s>";
    private static final Map<String, String> USUAL = Map.of("unk_token", "<unk>", "eos_token", END, "pad_token", END);

    private UnigramJson() {}

    static TokenizerContent of(SentencePieceModel model, JsonNode given) {
        List<List<Object>> vocabulary = new ArrayList<>();
        Map<String, Integer> ids = new HashMap<>();
        int unknown = 0;
        for (Piece piece : model.pieces()) {
            unknown = piece.type() == Piece.UNKNOWN ? vocabulary.size() : unknown;
            ids.put(piece.text(), vocabulary.size());
            vocabulary.add(List.of(piece.text(), piece.score()));
        }
        JsonNode config = TokenizerJson.withUsual(given, ids, USUAL);
        String end = config.hasNonNull("eos_token") ? SpecialTokens.text(config.get("eos_token")) : END;
        ObjectNode out = TokenizerJson.tokenizer(
                "normalizer",
                normalizer(),
                "pre_tokenizer",
                metaspace(),
                "post_processor",
                template(end, ids.getOrDefault(end, 1)),
                "decoder",
                metaspace(),
                "model",
                TokenizerJson.object(
                        "type", "Unigram", "unk_id", unknown, "vocab", vocabulary, "byte_fallback", false));
        TokenizerJson.addTokens(out, ids, config);
        return new TokenizerContent(out, config);
    }

    private static ObjectNode normalizer() {
        return TokenizerJson.object(
                "type",
                "Sequence",
                "normalizers",
                List.of(
                        TokenizerJson.object("type", "Lowercase"),
                        TokenizerJson.object("type", "Replace", "pattern", Map.of("Regex", PUNCTUATION), "content", ""),
                        TokenizerJson.object("type", "NFKC"),
                        TokenizerJson.object("type", "Replace", "pattern", Map.of("Regex", "\\s+"), "content", " "),
                        TokenizerJson.object("type", "Strip", "strip_left", true, "strip_right", true)));
    }

    private static ObjectNode metaspace() {
        return TokenizerJson.object(
                "type", "Metaspace", "replacement", String.valueOf(SPACE), "prepend_scheme", "always", "split", true);
    }

    private static ObjectNode template(String end, int id) {
        ObjectNode a = TokenizerJson.sequence("A", 0);
        return TokenizerJson.object(
                "type",
                "TemplateProcessing",
                "single",
                List.of(a, TokenizerJson.specialToken(end, 0)),
                "pair",
                List.of(a, TokenizerJson.sequence("B", 0), TokenizerJson.specialToken(end, 0)),
                "special_tokens",
                TokenizerJson.object(end, TokenizerJson.definition(end, id)));
    }
}
