package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerVocabularyTest {
    @TempDir
    Path folder;

    /** A WordPiece of a file, a WordPiece of a list of words, and GPT-2's byte BPE. */
    @ParameterizedTest
    @ValueSource(strings = {"blip-captioning", "blip-captioning-bin", "vit-gpt2"})
    void tokensStandForTheTextAndComeBackFromWhatIsSaved(String fixture) throws IOException {
        Path source = FixtureFiles.of(fixture);
        String caption = "a red photo of two cats";
        try (CaptionVocabulary vocabulary = CaptionVocabulary.read(source);
                Tokenizer tokenizer = Tokenizer.load(source)) {
            int[] plain = tokenizer.encodePlain(caption);
            int[] ids = vocabulary.encode(caption, plain.length + 3);
            assertArrayEquals(plain, Arrays.copyOf(ids, plain.length));
            assertEquals(vocabulary.end(), ids[plain.length]);
            assertEquals(vocabulary.tokens().pad(), ids[plain.length + 2]);
            assertArrayEquals(Arrays.copyOf(plain, 2), vocabulary.encode(caption, 2));
            String text = vocabulary.decode(ids);
            assertEquals(text, vocabulary.decode(vocabulary.encode(text, 64)));
            vocabulary.save(folder);
            try (CaptionVocabulary again = CaptionVocabulary.read(folder)) {
                assertEquals(vocabulary.size(), again.size());
                assertEquals(vocabulary.tokens(), again.tokens());
                assertEquals(vocabulary.unwritten(), again.unwritten());
                assertArrayEquals(ids, again.encode(caption, ids.length));
            }
        }
    }

    @Test
    void tokensWithATaskAreNamedOrStandAroundATextAndAreNeverWritten() {
        try (CaptionVocabulary wordPiece = CaptionVocabulary.read(
                        FixtureFiles.of("blip-captioning").resolve("tokenizer.json"));
                Tokenizer tokenizer = Tokenizer.load(FixtureFiles.of("blip-captioning"))) {
            int[] around = tokenizer.encode("");
            assertEquals(
                    new TokenIds(
                            around[0], List.of(around[1]), tokenizer.id("[PAD]").getAsInt(), around[0]),
                    wordPiece.tokens());
            assertTrue(wordPiece.unwritten().contains(tokenizer.id("[UNK]").getAsInt()));
        }
        try (CaptionVocabulary bytes = CaptionVocabulary.read(FixtureFiles.of("vit-gpt2"))) {
            assertEquals(bytes.end(), bytes.start(), "GPT-2 has one token for both");
            assertTrue(!bytes.unwritten().contains(bytes.end()));
            assertEquals("a", bytes.decode(bytes.encode("a", 4)));
        }
    }

    @Test
    void wholeWordsAreReadAsSuch() throws IOException {
        WordVocabulary words = WordVocabulary.of(Stream.of("a red star"), 1);
        words.save(folder);
        CaptionVocabulary read = CaptionVocabulary.read(folder);
        assertInstanceOf(WordVocabulary.class, read);
        assertEquals(words.tokens(), read.tokens());
    }

    @Test
    void missingEndIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"version\": \"1.0\", \"added_tokens\": [], \"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1},"
                        + " \"merges\": []}}");
        ModelFormatException error = assertThrows(ModelFormatException.class, () -> CaptionVocabulary.read(folder));
        assertTrue(error.getMessage().contains("must say which tokens begin and end a text"), error.getMessage());
        assertTrue(error.getMessage().contains("tokenizer_config.json"), error.getMessage());
    }
}
