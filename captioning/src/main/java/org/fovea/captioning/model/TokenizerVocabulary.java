package org.fovea.captioning.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fovea.captioning.metric.PtbTokenizer;
import org.fovea.core.ModelFormatException;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.text.Tokenizer;

/**
 * Tokens of any tokenizer of the hub: parts of words, which its text puts together again. Words of decoded text are split as
 * those of the data are, so that both can be compared.
 */
final class TokenizerVocabulary implements CaptionVocabulary {
    private static final PtbTokenizer WORDS = new PtbTokenizer();

    private final Tokenizer tokenizer;
    private final TokenIds tokens;

    private TokenizerVocabulary(Tokenizer tokenizer, TokenIds tokens) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
    }

    static TokenizerVocabulary read(Path source) {
        Tokenizer tokenizer = Tokenizer.load(source);
        try {
            return new TokenizerVocabulary(tokenizer, tokens(tokenizer, source));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Special tokens named in the configuration, else those that the tokenizer adds around a text. */
    private static TokenIds tokens(Tokenizer tokenizer, Path source) {
        int[] around = tokenizer.encode("");
        boolean two = around.length >= 2;
        OptionalInt begin = tokenizer.special().begin();
        OptionalInt end = tokenizer.special().end();
        if (!two && (begin.isEmpty() || end.isEmpty())) {
            throw new ModelFormatException(
                    source + ": the tokenizer of a captioner must say which tokens begin and end a"
                            + " text, got neither bos_token and eos_token nor a post-processor that adds them. Put them into"
                            + " tokenizer_config.json beside tokenizer.json.");
        }
        boolean named = begin.isPresent() && end.isPresent();
        int first = named ? begin.getAsInt() : around[0];
        int last = named ? end.getAsInt() : around[around.length - 1];
        return new TokenIds(first, List.of(last), tokenizer.special().padding().orElse(last), first);
    }

    @Override
    public int size() {
        return tokenizer.size();
    }

    @Override
    public TokenIds tokens() {
        return tokens;
    }

    @Override
    public List<Integer> unwritten() {
        return IntStream.concat(tokenizer.special().unknown().stream(), IntStream.of(tokens.begin(), tokens.pad()))
                .filter(id -> id != end())
                .distinct()
                .boxed()
                .toList();
    }

    @Override
    public int[] encode(String caption, int length) {
        int[] ids = tokenizer.encodePlain(caption);
        int[] out = Arrays.copyOf(ids, length);
        for (int i = ids.length; i < length; i++) {
            out[i] = i == ids.length ? end() : tokens.pad();
        }
        return out;
    }

    @Override
    public String decode(int... caption) {
        int[] ids = Arrays.stream(caption).takeWhile(id -> id != end()).toArray();
        return String.join(" ", WORDS.words(tokenizer.decode(ids)));
    }

    @Override
    public void save(Path directory) throws IOException {
        tokenizer.save(directory);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
