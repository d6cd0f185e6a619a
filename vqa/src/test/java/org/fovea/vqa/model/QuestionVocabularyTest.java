package org.fovea.vqa.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionVocabularyTest {
    private static final List<String> QUESTIONS = List.of(
            "is it a caf\u00e9?",
            "wo ist die Stra\u00dfe, und f\u00fcr wen?",
            "\u0447\u0442\u043e \u044d\u0442\u043e?",
            "\u8fd9\u662f\u4ec0\u4e48\uff1f",
            "a_1 \u0e01\u0e33\u00a0\u0928\u092e\u0938\u094d\u0924\u0947?");

    @TempDir
    Path folder;

    /** In every script, since words that only one of the two splits off would never be known, or not fit the rows. */
    @Test
    void wordsAreThoseOfItsTokenizer() throws IOException {
        QuestionVocabulary.of(QUESTIONS.stream(), 1).save(folder);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            for (String question : QUESTIONS) {
                int[] ids = tokenizer.encode(question);
                List<String> words = QuestionVocabulary.split(question);
                assertEquals(
                        words, Arrays.stream(ids).mapToObj(tokenizer::token).toList());
                assertArrayEquals(
                        words.stream()
                                .mapToInt(word -> tokenizer.id(word).orElseThrow())
                                .toArray(),
                        ids);
            }
        }
    }
}
