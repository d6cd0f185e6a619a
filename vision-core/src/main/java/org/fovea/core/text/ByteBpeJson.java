package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;

/**
 * Byte-level pair encoding of GPT-2 and of CLIP from {@code vocab.json} and {@code merges.txt}.
 *
 * @see <a href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford
 *     et al. 2019, section 2.2</a>
 * @see <a href="https://arxiv.org/abs/2103.00020">Radford et al. 2021, section 2.4</a>
 */
final class ByteBpeJson {
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String WORD_END = "</w>";
    private static final Map<String, String> USUAL_OF_GPT2 =
            Map.of("unk_token", END, "bos_token", END, "eos_token", END);
    private static final Map<String, String> USUAL_OF_CLIP =
            Map.of("unk_token", END, "bos_token", START, "eos_token", END, "pad_token", END);
    private static final String CLIP_WORDS =
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d" + "|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private ByteBpeJson() {}

    static TokenizerContent of(JsonNode vocab, List<String> lines, JsonNode given) {
        Map<String, Integer> vocabulary = new HashMap<>();
        vocab.fields()
                .forEachRemaining(
                        entry -> vocabulary.put(entry.getKey(), entry.getValue().asInt()));
        Stream<String> merges = lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#version"));
        boolean isClip = vocabulary.containsKey(START);
        JsonNode config = TokenizerJson.withUsual(given, vocabulary, isClip ? USUAL_OF_CLIP : USUAL_OF_GPT2);
        ObjectNode out = isClip ? clip(vocab, vocabulary, merges.toList()) : gpt2(vocab, merges.toList(), config);
        TokenizerJson.addTokens(out, vocabulary, config);
        return new TokenizerContent(out, config);
    }

    private static ObjectNode gpt2(JsonNode vocab, List<String> merges, JsonNode config) {
        boolean space = config.path("add_prefix_space").asBoolean(false);
        return TokenizerJson.tokenizer(
                "normalizer",
                null,
                "pre_tokenizer",
                byteLevel(space),
                "post_processor",
                TokenizerJson.object("type", "ByteLevel", "add_prefix_space", true, "trim_offsets", false),
                "decoder",
                byteLevel(true),
                "model",
                model(vocab, merges, null, ""));
    }

    private static ObjectNode clip(JsonNode vocab, Map<String, Integer> vocabulary, List<String> merges) {
        return TokenizerJson.tokenizer(
                "normalizer",
                TokenizerJson.object(
                        "type",
                        "Sequence",
                        "normalizers",
                        List.of(
                                TokenizerJson.object("type", "NFC"),
                                TokenizerJson.object(
                                        "type", "Replace", "pattern", Map.of("Regex", "\\s+"), "content", " "),
                                TokenizerJson.object("type", "Lowercase"))),
                "pre_tokenizer",
                TokenizerJson.object(
                        "type",
                        "Sequence",
                        "pretokenizers",
                        List.of(
                                TokenizerJson.object(
                                        "type",
                                        "Split",
                                        "pattern",
                                        Map.of("Regex", CLIP_WORDS),
                                        "behavior",
                                        "Removed",
                                        "invert",
                                        true),
                                byteLevel(false))),
                "post_processor",
                TokenizerJson.object(
                        "type",
                        "RobertaProcessing",
                        "sep",
                        List.of(END, id(vocabulary, END)),
                        "cls",
                        List.of(START, id(vocabulary, START)),
                        "trim_offsets",
                        false,
                        "add_prefix_space",
                        false),
                "decoder",
                byteLevel(true),
                "model",
                model(vocab, merges, END, WORD_END));
    }

    private static ObjectNode byteLevel(boolean prefixSpace) {
        return TokenizerJson.object(
                "type", "ByteLevel", "add_prefix_space", prefixSpace, "trim_offsets", true, "use_regex", true);
    }

    private static ObjectNode model(JsonNode vocab, List<String> merges, String unknown, String wordEnd) {
        return TokenizerJson.object(
                "type",
                "BPE",
                "dropout",
                null,
                "unk_token",
                unknown,
                "continuing_subword_prefix",
                "",
                "end_of_word_suffix",
                wordEnd,
                "fuse_unk",
                false,
                "byte_fallback",
                false,
                "vocab",
                vocab,
                "merges",
                merges);
    }

    private static int id(Map<String, Integer> vocabulary, String token) {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw new ModelFormatException("vocab.json: must hold the token '" + token + "', got " + vocabulary.size()
                    + " tokens without it. Download vocab.json and merges.txt again.");
        }
        return id;
    }
}
