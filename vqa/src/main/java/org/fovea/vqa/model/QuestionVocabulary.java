package org.fovea.vqa.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.text.FrequentWords;
import org.fovea.core.text.WordLevelFile;

/**
 * Whole words of questions with indices: {@code <pad>} 0, {@code <unk>} 1, then the words, the most frequent first. Case does not
 * matter, and punctuation stands alone. Immutable.
 */
public final class QuestionVocabulary {
    /** Padding of questions that are shorter than the longest. */
    public static final int PAD = 0;
    /** Token of words that are not in the vocabulary. */
    public static final int UNKNOWN = 1;

    private static final List<String> SPECIAL = List.of("<pad>", "<unk>");
    private static final Pattern WORD = // as the pre-tokenizer "Whitespace" splits
            Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

    private final List<String> words;

    private QuestionVocabulary(List<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * Creates a vocabulary from the words of questions.
     *
     * @param minimum number of times that a word must occur, at least 1
     */
    public static QuestionVocabulary of(Stream<String> questions, int minimum) {
        Check.positive("QuestionVocabulary: minimum count", minimum);
        List<String> words = new ArrayList<>(SPECIAL);
        words.addAll(FrequentWords.of(questions.flatMap(text -> split(text).stream()), minimum));
        return new QuestionVocabulary(words);
    }

    /** Words of a question in lower case, split like in the tokenizer. */
    public static List<String> split(String question) {
        return WORD.matcher(question.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Number of words, special tokens included. */
    public int size() {
        return words.size();
    }

    /**
     * Writes {@code tokenizer.json} and {@code tokenizer_config.json}, which Hugging Face tokenizers can read; each file is
     * replaced atomically.
     *
     * @param directory existing directory
     */
    public void save(Path directory) throws IOException {
        WordLevelFile.write(directory, words, SPECIAL.get(UNKNOWN), "Whitespace", List.of());
        AtomicFile.write(
                directory.resolve("tokenizer_config.json"),
                JsonText.of(new TreeMap<>(Map.of("pad_token", SPECIAL.get(PAD), "unk_token", SPECIAL.get(UNKNOWN)))));
    }
}
