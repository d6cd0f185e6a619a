package org.fovea.captioning.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.generate.TokenIds;

/** Tokens of captions: from text to indices in training, and back from what a captioner writes. Thread-safe. */
public interface CaptionVocabulary extends AutoCloseable {
    /** File name of a saved vocabulary. */
    String FILE = "tokenizer.json";

    /**
     * Reads a vocabulary: whole words as {@link WordVocabulary} saves them, or any Hugging Face tokenizer, such as byte-level
     * BPE or WordPiece.
     *
     * @param source a {@code tokenizer.json}, or the directory of a checkpoint
     * @throws org.fovea.core.ModelFormatException when it is wrong, or does not define the tokens that begin and end a text
     */
    static CaptionVocabulary read(Path source) {
        Path file = Files.isDirectory(source) ? source.resolve(FILE) : source;
        return WordVocabulary.isIn(file) ? WordVocabulary.read(file) : TokenizerVocabulary.read(source);
    }

    /** Number of token ids. */
    int size();

    /** Special tokens that begin, end and pad a caption; a single token ends it. */
    TokenIds tokens();

    /** Tokens that a captioner never generates, such as the one for unknown words. */
    List<Integer> unwritten();

    /**
     * Token ids of a caption, then the end token, then padding; a caption that is too long is cut off and has no end token.
     *
     * @param length of the result
     */
    int[] encode(String caption, int length);

    /** Text of token ids up to the first end token: words separated by spaces, without special tokens. */
    String decode(int... caption);

    /**
     * Writes {@code tokenizer.json} and its companion files; each file is replaced atomically.
     *
     * @param directory existing directory
     */
    void save(Path directory) throws IOException;

    /** Id of the token that begins a caption. */
    default int start() {
        return tokens().first();
    }

    /** Id of the token that ends a caption. */
    default int end() {
        return tokens().end().get(0);
    }

    /** Frees native memory, if any is held. */
    @Override
    default void close() {}
}
