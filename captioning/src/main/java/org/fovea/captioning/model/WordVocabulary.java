package org.fovea.captioning.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.text.FrequentWords;
import org.fovea.core.text.WordLevelFile;

/**
 * Whole words with indices: {@code <pad>} 0, {@code <start>} 1, {@code <end>} 2, {@code <unk>} 3, and the words of some
 * captions, the most frequent first. Immutable.
 */
public final class WordVocabulary implements CaptionVocabulary {
    /** Padding of captions that are shorter than the longest. */
    public static final int PAD = 0;
    /** Token that begins a caption. */
    public static final int START = 1;
    /** Token that ends a caption. */
    public static final int END = 2;
    /** Token of words that are not in the vocabulary. */
    public static final int UNKNOWN = 3;

    private static final TokenIds TOKENS = new TokenIds(START, List.of(END), PAD, START);
    private static final String WHOLE_WORDS = "WordLevel";
    private static final int MOST = 1 << 24;
    private static final List<String> SPECIAL = List.of("<pad>", "<start>", "<end>", "<unk>");

    private final List<String> words;
    private final Map<String, Integer> ids = new HashMap<>();

    private WordVocabulary(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            ids.put(words.get(i), i);
        }
    }

    /**
     * Creates a vocabulary from the words of captions.
     *
     * @param captions captions whose words are separated by spaces
     * @param minimum number of times that a word must occur, at least 1
     */
    public static WordVocabulary of(Stream<String> captions, int minimum) {
        Check.positive("WordVocabulary: minimum count", minimum);
        List<String> words = new ArrayList<>(SPECIAL);
        Stream<String> all = captions.flatMap(text -> Arrays.stream(text.split(" ")))
                .filter(word -> !word.isEmpty() && !SPECIAL.contains(word));
        words.addAll(FrequentWords.of(all, minimum));
        return new WordVocabulary(words);
    }

    /** Returns whether a file is a {@code tokenizer.json} of whole words. */
    static boolean isIn(Path file) {
        return Files.isRegularFile(file)
                && ConfigFile.read(file)
                        .object("model")
                        .flatMap(model -> model.text("type"))
                        .filter(WHOLE_WORDS::equals)
                        .isPresent();
    }

    /**
     * Reads a {@code tokenizer.json} of whole words, which starts with the special tokens of this class.
     *
     * @throws ModelFormatException when the file has another model or other special tokens
     */
    public static WordVocabulary read(Path file) {
        ConfigFile model = ConfigFile.read(file).object("model").orElseThrow(() -> wrong(file, "no \"model\""));
        String type = model.text("type").orElse("none");
        if (!type.equals(WHOLE_WORDS)) {
            throw wrong(file, "the type " + type);
        }
        ConfigFile vocabulary = model.object("vocab").orElseThrow(() -> wrong(file, "no \"vocab\""));
        Map<Integer, String> byId = new HashMap<>();
        for (String word : vocabulary.keys()) {
            vocabulary.integer(word, 0, MOST).ifPresent(id -> byId.put(id, word));
        }
        List<String> words = new ArrayList<>();
        for (int id = 0; byId.containsKey(id); id++) {
            words.add(byId.get(id));
        }
        List<String> first = words.subList(0, Math.min(words.size(), SPECIAL.size()));
        if (words.size() != vocabulary.keys().size() || !first.equals(SPECIAL)) {
            throw wrong(file, words.size() + " words without a gap, of which the first are " + first);
        }
        return new WordVocabulary(words);
    }

    private static ModelFormatException wrong(Path file, String actual) {
        return FormatErrors.file(
                file,
                "a captioner's vocabulary must be a tokenizer of type WordLevel whose ids from 0 are " + SPECIAL
                        + " and then the words",
                actual,
                "Take the tokenizer.json of a captioner that was trained here, or the words of the data.");
    }

    /** {@inheritDoc} Hugging Face tokenizers can read the file. */
    @Override
    public void save(Path directory) throws IOException {
        List<Map<String, Object>> added =
                IntStream.range(0, SPECIAL.size()).mapToObj(this::special).toList();
        WordLevelFile.write(directory, words, SPECIAL.get(UNKNOWN), "WhitespaceSplit", added);
    }

    private Map<String, Object> special(int id) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", id);
        out.put("content", SPECIAL.get(id));
        out.put("single_word", false);
        out.put("lstrip", false);
        out.put("rstrip", false);
        out.put("normalized", false);
        out.put("special", id != UNKNOWN); // a decoded text keeps it
        return out;
    }

    /** Number of words, special tokens included. */
    @Override
    public int size() {
        return words.size();
    }

    /** Word of an id. */
    public String word(int id) {
        return words.get(id);
    }

    @Override
    public TokenIds tokens() {
        return TOKENS;
    }

    /** The token for unknown words, which is no word itself. */
    @Override
    public List<Integer> unwritten() {
        return List.of(UNKNOWN);
    }

    @Override
    public int[] encode(String caption, int length) {
        int[] out = new int[length];
        String[] parts = caption.strip().split(" +");
        for (int i = 0; i < length && i <= parts.length; i++) {
            out[i] = i < parts.length ? ids.getOrDefault(parts[i], UNKNOWN) : END;
        }
        return out;
    }

    @Override
    public String decode(int... caption) {
        return Arrays.stream(caption)
                .takeWhile(id -> id != END)
                .filter(id -> id == UNKNOWN || id >= SPECIAL.size())
                .mapToObj(words::get)
                .collect(Collectors.joining(" "));
    }
}
