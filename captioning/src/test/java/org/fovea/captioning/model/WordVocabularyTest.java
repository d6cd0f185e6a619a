package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.fovea.core.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVocabularyTest {
    private static final WordVocabulary WORDS =
            WordVocabulary.of(Stream.of("a red star and a ring", "a blue star", "two rings"), 2);

    @TempDir
    Path folder;

    @Test
    void frequentWordsComeFirstAndRareOnesAreUnknown() {
        assertEquals(6, WORDS.size()); // four special words, "a" three times, "star" twice
        assertArrayEquals(new int[] {4, 3, 5, 2, 0, 0}, WORDS.encode("a red star", 6));
        assertEquals("a <unk> star", WORDS.decode(4, 3, 5, 2, 4));
        assertArrayEquals(new int[] {4, 3}, WORDS.encode("a red star", 2));
    }

    @Test
    void savedWordsAreReadAgain() throws IOException {
        WORDS.save(folder);
        WordVocabulary read = WordVocabulary.read(folder.resolve("tokenizer.json"));
        assertEquals(WORDS.size(), read.size());
        assertArrayEquals(WORDS.encode("a red star", 6), read.encode("a red star", 6));
    }

    @Test
    void hubsTokenizerReadsTheFile() throws IOException {
        WORDS.save(folder);
        try (Tokenizer read = Tokenizer.load(folder)) {
            assertEquals(WORDS.size(), read.size());
            assertArrayEquals(new int[] {4, 3, 5}, read.encode("a red star"));
            assertEquals("a <unk> star", read.decode(1, 4, 3, 5, 2, 0));
        }
    }
}
