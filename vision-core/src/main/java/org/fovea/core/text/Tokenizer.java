package org.fovea.core.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.fovea.core.LibraryException;
import org.fovea.core.ModelFormatException;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;

/**
 * Text to token ids and back, as a checkpoint directory describes it. Thread-safe; it holds native memory until it is
 * closed.
 *
 * <p>It reads {@code tokenizer.json}, or where there is none the vocabulary of the tokenizer's older form:
 * {@code vocab.txt} (WordPiece), {@code vocab.json} with {@code merges.txt} (byte-level BPE of GPT-2 and CLIP) or
 * {@code spiece.model} (SentencePiece unigram).
 */
public final class Tokenizer implements AutoCloseable {
    private final Path source;
    private final HuggingFaceTokenizer engine;
    private final Vocabulary vocabulary;
    private final SpecialTokens special;

    private Tokenizer(Path source, HuggingFaceTokenizer engine, Vocabulary vocabulary, SpecialTokens special) {
        this.source = source;
        this.engine = engine;
        this.vocabulary = vocabulary;
        this.special = special;
    }

    /**
     * Loads the tokenizer of a checkpoint directory.
     *
     * @param source directory, or a {@code tokenizer.json}, whose special tokens are defined by the files beside it
     * @throws ModelFormatException when there is no vocabulary, or a file is wrong; the message says how to fix it
     * @throws LibraryException on a platform that the engine's native library does not support
     */
    public static Tokenizer load(Path source) {
        TokenizerContent content = TokenizerFiles.read(source);
        Vocabulary vocabulary = Vocabulary.of(content.tokenizer(), source);
        SpecialTokens special = SpecialTokens.read(TokenizerFiles.directory(source), content.config(), vocabulary);
        String json = content.tokenizer().toString();
        return new Tokenizer(source, TokenizerEngine.create(json, source), vocabulary, special);
    }

    /**
     * Loads the tokenizer of a checkpoint directory for a model.
     *
     * @param words number of words in the model's vocabulary
     * @throws ModelFormatException as {@link #load(Path)}, and when there are ids beyond the model's vocabulary
     */
    public static Tokenizer load(Path directory, int words) {
        Tokenizer tokenizer = load(directory);
        if (tokenizer.size() <= words) {
            return tokenizer;
        }
        int size = tokenizer.size();
        tokenizer.close();
        throw new ModelFormatException(directory + ": the tokenizer must fit the model, got " + size
                + " tokens and a model of " + words
                + " words. Download the tokenizer's files from where the weights came from.");
    }

    /**
     * Token ids of a text with the special tokens that the model expects around it, such as {@code [CLS] … [SEP]}.
     *
     * @return {@code [T]}
     */
    public int[] encode(String text) {
        return ints(engine.encode(text, true, false).getIds());
    }

    /**
     * Token ids of a text without special tokens.
     *
     * @return {@code [T]}
     */
    public int[] encodePlain(String text) {
        return ints(engine.encode(text, false, false).getIds());
    }

    /** Text of token ids, without special tokens. */
    public String decode(int... ids) {
        return engine.decode(longs(ids), true);
    }

    /** Text of token ids, special tokens included. */
    public String decodeAll(int... ids) {
        return engine.decode(longs(ids), false);
    }

    /** Text of one token, such as {@code ##ing}; the id in brackets if the vocabulary lacks it. */
    public String token(int id) {
        return vocabulary.token(id);
    }

    /** Id of a token's text; empty if the vocabulary lacks it. */
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    /** Number of ids: the largest id plus one. */
    public int size() {
        return vocabulary.size();
    }

    /** Tokens with a special role: begin, end, padding and others. */
    public SpecialTokens special() {
        return special;
    }

    /**
     * Writes {@code tokenizer.json} and {@code special_tokens_map.json}, from which {@link #load} restores the same tokenizer;
     * each file is replaced atomically.
     *
     * @param directory existing directory
     * @throws IOException when a file cannot be written
     */
    public void save(Path directory) throws IOException {
        String text = TokenizerFiles.read(source).tokenizer().toString();
        AtomicFile.write(directory.resolve(TokenizerFiles.NEWEST), text);
        AtomicFile.write(directory.resolve(SpecialTokens.MAP), JsonText.of(special.named(this::token)));
    }

    /** Frees native memory; closing again does nothing. */
    @Override
    public void close() {
        engine.close();
    }

    private static int[] ints(long[] values) {
        return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
