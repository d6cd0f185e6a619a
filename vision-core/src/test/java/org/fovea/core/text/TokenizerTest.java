package org.fovea.core.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.fovea.core.ModelFormatException;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** The reference's ids of every golden text, from {@code tokenizer.json} or, without one, {@code vocab.txt}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blip-captioning",
                "blip-captioning-bin",
                "vit-gpt2",
                "git",
                "clip",
                "siglip",
                "vilt-vqa",
                "blip-vqa"
            })
    void idsAreTheReferences(String fixture) throws Exception {
        check(fixture(fixture), fixture);
    }

    /** GPT-2's and CLIP's older files make the same tokenizer as their {@code tokenizer.json}. */
    @ParameterizedTest
    @ValueSource(strings = {"vit-gpt2", "clip"})
    void idsFromVocabularyAndMergesAreTheReferences(String fixture) throws Exception {
        Path source = fixture(fixture);
        JsonNode model =
                JSON.readTree(source.resolve("tokenizer.json").toFile()).get("model");
        var vocabulary = model.get("vocab").deepCopy();
        for (JsonNode added :
                JSON.readTree(source.resolve("tokenizer.json").toFile()).get("added_tokens")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) vocabulary)
                    .put(added.get("content").asText(), added.get("id").asInt());
        }
        JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary);
        String merges = StreamSupport.stream(model.get("merges").spliterator(), false)
                .map(pair -> pair.get(0).asText() + " " + pair.get(1).asText())
                .collect(Collectors.joining("\n", "#version: 0.2\n", "\n"));
        Files.writeString(folder.resolve("merges.txt"), merges);
        Files.copy(source.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        check(folder, fixture);
    }

    /** The fixture's pieces as a protocol buffer; SigLIP's rules for marks and spaces go further than the fixture's. */
    @Test
    void idsFromASentencePieceModelAreTheReferences() throws Exception {
        Path source = fixture("siglip");
        JsonNode pieces = JSON.readTree(source.resolve("tokenizer.json").toFile())
                .get("model")
                .get("vocab");
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        for (int i = 0; i < pieces.size(); i++) {
            byte[] text = pieces.get(i).get(0).asText().getBytes(StandardCharsets.UTF_8);
            ByteBuffer piece = ByteBuffer.allocate(text.length + 9).order(ByteOrder.LITTLE_ENDIAN);
            piece.put((byte) 0x0a).put((byte) text.length).put(text);
            piece.put((byte) 0x15).putFloat((float) pieces.get(i).get(1).asDouble());
            piece.put((byte) 0x18).put((byte) (i == 2 ? 2 : i < 2 ? 3 : 1));
            model.write(0x0a);
            model.write(piece.position());
            model.write(piece.array(), 0, piece.position());
        }
        Files.write(folder.resolve("spiece.model"), model.toByteArray());
        Files.copy(source.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        try (Tokenizer older = Tokenizer.load(folder);
                Tokenizer newer = Tokenizer.load(source)) {
            for (String text : List.of("a photo of a cat.", "What COLOR is the cat?", "", "a rocket at night")) {
                assertArrayEquals(newer.encode(text), older.encode(text), text);
            }
        }
    }

    private static void check(Path directory, String fixture) throws Exception {
        JsonNode cases = JSON.readTree(TokenizerTest.class.getResource("/tokenizers/" + fixture + "/cases.json"));
        assertTrue(cases.size() >= 8);
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            for (JsonNode one : cases) {
                int[] expected = JSON.convertValue(one.get("ids"), int[].class);
                assertArrayEquals(
                        expected,
                        tokenizer.encode(one.get("text").asText()),
                        one.get("text").asText());
            }
        }
    }

    @Test
    void decodingLeavesSpecialTokensOut() throws Exception {
        try (Tokenizer tokenizer = Tokenizer.load(fixture("blip-captioning"))) {
            int[] ids = tokenizer.encode("A photo of a cat.");
            assertEquals("a photo of a cat.", tokenizer.decode(ids));
            assertEquals("[CLS] a photo of a cat. [SEP]", tokenizer.decodeAll(ids));
            assertArrayEquals(new int[] {17, 88, 68, 17, 91, 9}, tokenizer.encodePlain("a photo of a cat."));
            assertEquals("[DEC]", tokenizer.token(230));
            assertEquals("[9999]", tokenizer.token(9999));
            assertEquals(OptionalInt.of(231), tokenizer.id("[ENC]"));
            assertEquals(232, tokenizer.size());
            assertEquals(OptionalInt.of(3), tokenizer.special().separator());
            assertEquals(OptionalInt.of(0), tokenizer.special().padding());
            assertEquals(OptionalInt.empty(), tokenizer.special().begin());
        }
    }

    /** Keys such as {@code add_bos_token} are settings, and a token may be {@code null}: the words "false" and "null" stay words. */
    @Test
    void onlyNamesOfTokensAreTokens() throws Exception {
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nnull\nfalse\na\n");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"add_bos_token\": false, \"pad_token\": null, \"unk_token\": \"[UNK]\", \"cls_token\": {\"content\": \"[CLS]\"}}");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertEquals("a false null", tokenizer.decode(tokenizer.encode("a false null")));
            assertEquals(OptionalInt.empty(), tokenizer.special().padding());
            assertEquals(OptionalInt.of(2), tokenizer.special().classification());
            Path saved = Files.createDirectory(folder.resolve("saved"));
            tokenizer.save(saved);
            assertEquals(
                    JSON.readTree("{\"cls_token\": \"[CLS]\", \"sep_token\": \"[SEP]\", \"unk_token\": \"[UNK]\"}"),
                    JSON.readTree(saved.resolve("special_tokens_map.json").toFile()));
        }
    }

    /** Older uploads name no token, for the reference knows them. */
    @Test
    void usualTokensNeedNoName() throws Exception {
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\ncat\n");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertEquals("a cat", tokenizer.decode(tokenizer.encode("a cat")));
            assertEquals(OptionalInt.of(0), tokenizer.special().padding());
            assertEquals(OptionalInt.of(1), tokenizer.special().unknown());
            assertEquals(6, tokenizer.size(), "[MASK] is not added");
        }
        Path gpt = Files.createDirectory(folder.resolve("gpt"));
        Files.writeString(gpt.resolve("vocab.json"), "{\"a\": 0, \"<|endoftext|>\": 1}");
        Files.writeString(gpt.resolve("merges.txt"), "#version: 0.2\n");
        try (Tokenizer tokenizer = Tokenizer.load(gpt)) {
            assertEquals("aa", tokenizer.decode(1, 0, 0, 1));
            assertEquals(OptionalInt.of(1), tokenizer.special().end());
        }
    }

    /** Ids as the reference gives them: the number of a token's line, of a repeated token that of its last line. */
    @Test
    void aTokenThatTheVocabularyRepeatsMovesNoOther() throws Exception {
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\na\ncat\n");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertArrayEquals(new int[] {2, 5, 6, 3}, tokenizer.encode("a cat"));
        }
    }

    @Test
    void eightThreadsGiveTheSameIdsAsOne() throws Exception {
        try (Tokenizer tokenizer = Tokenizer.load(fixture("git"))) {
            int[] expected = tokenizer.encode("two dogs on a bench");
            assertTrue(java.util.stream.IntStream.range(0, 2000)
                    .parallel()
                    .allMatch(i -> java.util.Arrays.equals(expected, tokenizer.encode("two dogs on a bench"))));
        }
    }

    @Test
    void aFolderWithoutVocabularyIsRefused() {
        var e = assertThrows(ModelFormatException.class, () -> Tokenizer.load(folder));
        assertTrue(e.getMessage().contains("tokenizer.json, or vocab.txt"), e.getMessage());
    }

    @Test
    void brokenFilesAreRefused() throws IOException {
        Path json = folder.resolve("tokenizer.json");
        for (String text : List.of("", "{", "[]", "{}", "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}")) {
            Files.writeString(json, text);
            assertThrows(ModelFormatException.class, () -> Tokenizer.load(folder), text);
        }
        Files.delete(json);
        Files.write(folder.resolve("spiece.model"), new byte[] {0x0a, 0x7f, 1});
        assertThrows(ModelFormatException.class, () -> Tokenizer.load(folder));
    }

    /** The tokenizer's files: those of a whole checkpoint stand with it. */
    private static Path fixture(String name) {
        Path own = FixtureFiles.resource("/tokenizers/" + name);
        return Files.exists(own.resolve("tokenizer_config.json")) ? own : FixtureFiles.of(name);
    }
}
