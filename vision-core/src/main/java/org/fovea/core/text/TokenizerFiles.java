package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.ModelFormatException;

/** Files of a checkpoint directory that describe its tokenizer, the newest form first. */
final class TokenizerFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String NEWEST = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";

    private static final List<String> SENTENCE_PIECES =
            List.of("spiece.model", "sentencepiece.model", "tokenizer.model");

    private TokenizerFiles() {}

    /** Directory of a tokenizer's files; the source may be one of the files. */
    static Path directory(Path source) {
        return Files.isRegularFile(source) ? source.toAbsolutePath().getParent() : source;
    }

    /** Content of {@code tokenizer.json}, which may be given itself, or its equivalent made from older files. */
    static TokenizerContent read(Path source) {
        JsonNode config = readOptional(directory(source).resolve(CONFIG));
        Path json = Files.isRegularFile(source) ? source : source.resolve(NEWEST);
        return Files.isRegularFile(json) ? new TokenizerContent(readOptional(json), config) : readOlder(source, config);
    }

    private static TokenizerContent readOlder(Path directory, JsonNode config) {
        if (has(directory, "vocab.txt")) {
            return WordPieceJson.of(lines(directory.resolve("vocab.txt")), config);
        }
        if (has(directory, "vocab.json") && has(directory, "merges.txt")) {
            return ByteBpeJson.of(
                    readOptional(directory.resolve("vocab.json")), lines(directory.resolve("merges.txt")), config);
        }
        for (String name : SENTENCE_PIECES) {
            if (has(directory, name)) {
                return UnigramJson.of(SentencePieceModel.read(directory.resolve(name)), config);
            }
        }
        throw new ModelFormatException(directory
                + ": there must be a vocabulary: tokenizer.json, or vocab.txt, or vocab.json with merges.txt, or"
                + " spiece.model, got none of them. Download the tokenizer's files beside config.json.");
    }

    /** Content of a JSON file; an empty object if it is missing. */
    static JsonNode readOptional(Path file) {
        if (!Files.isRegularFile(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (!node.isObject()) {
                throw new ModelFormatException(file + ": must hold a JSON object, got " + node.getNodeType());
            }
            return node;
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": must be JSON, got '" + e.getMessage() + "'. Download it again.", e);
        }
    }

    private static boolean has(Path directory, String name) {
        return Files.isRegularFile(directory.resolve(name));
    }

    private static List<String> lines(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\r?\n"));
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": must be text in UTF-8, got '" + e.getMessage() + "'. Download it again.", e);
        }
    }
}
