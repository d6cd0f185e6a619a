package org.fovea.captioning.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.generate.TokenIds;

/** Tokens of captions: from text to indices in training, and back from what a captioner writes. Thread-safe. */
public interface CaptionVocabulary extends AutoCloseable {
    /** The file of a vocabulary that was saved. */
    String FILE = "tokenizer.json";

    /**
     * Reads a vocabulary: whole words as {@link WordVocabulary} saves them, else any tokenizer of the hub, such as a byte BPE's or a
     * WordPiece's.
     *
     * @param source a {@code tokenizer.json}, or the directory of a checkpoint
     * @throws org.fovea.core.ModelFormatException when it is wrong, or does not say which tokens begin and end a text
     */
    static CaptionVocabulary read(Path source) {
        Path file = Files.isDirectory(source) ? source.resolve(FILE) : source;
        return WordVocabulary.isIn(file) ? WordVocabulary.read(file) : TokenizerVocabulary.read(source);
    }

    /** Number of indices. */
    int size();

    /** Tokens that begin, end and fill up a caption; one token ends it. */
    TokenIds tokens();

    /** Tokens that a captioner never writes, such as that for unknown words. */
    List<Integer> unwritten();

    /**
     * Indices of a caption's tokens, then the end, then padding; a caption that is too long has no end.
     *
     * @param length of the result
     */
    int[] encode(String caption, int length);

    /** Words of indices up to the first end, separated by spaces, without special tokens. */
    String decode(int... caption);

    /**
     * Writes {@code tokenizer.json} and what belongs to it; a file is replaced at once or not at all.
     *
     * @param directory that exists
     */
    void save(Path directory) throws IOException;

    /** Index of the first token. */
    default int start() {
        return tokens().first();
    }

    /** Index of the last token. */
    default int end() {
        return tokens().end().get(0);
    }

    /** Frees native memory, where there is any. */
    @Override
    default void close() {}
}
