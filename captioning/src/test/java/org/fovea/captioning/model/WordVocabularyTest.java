package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
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
    void fileGivesTheSameWords() throws IOException {
        Path file = folder.resolve("words.txt");
        WORDS.save(file);
        WordVocabulary read = WordVocabulary.load(file);
        assertEquals("star", read.word(5));
        assertEquals(WORDS.size(), read.size());
        Files.writeString(file, "star\n");
        ModelFormatException error = assertThrows(ModelFormatException.class, () -> WordVocabulary.load(file));
        assertTrue(error.getMessage().contains("must begin with the lines [<pad>"), error.getMessage());
    }
}
