package org.fovea.core.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.config.ConfigFile;

/**
 * Options of text generation, with the names, defaults and meaning of Hugging Face transformers.
 *
 * <pre>{@code
 * GenerationOptions options = GenerationOptions.read(directory, List.of(config)).withMaxNewTokens(30).withBeams(4);
 * }</pre>
 *
 * @param tokens special tokens that begin, end and pad texts
 * @param lengths limits of the text's length
 * @param search beam search
 * @param sampling sampling of tokens
 * @param rules rules for tokens
 * @param sequences number of texts for each input
 */
public record GenerationOptions(
        TokenIds tokens, LengthLimits lengths, BeamSearch search, Sampling sampling, TokenRules rules, int sequences) {
    private static final int DEFAULT_LENGTH = 20;
    private static final int DEFAULT_TOP_K = 50;

    /** Checks that the parts are consistent. */
    public GenerationOptions {
        Check.positive("GenerationOptions: num_return_sequences", sequences);
        Check.that(
                sequences <= search.beams() || sampling.enabled() && search.beams() == 1,
                "GenerationOptions: num_return_sequences",
                "be at most num_beams, or with one beam be drawn with do_sample",
                sequences + " of " + search.beams() + " beams");
    }

    /** Defaults of the reference: greedy decoding, 20 tokens with the prompt. */
    public static GenerationOptions defaults() {
        return new GenerationOptions(
                TokenIds.none(),
                new LengthLimits(DEFAULT_LENGTH, LengthLimits.UNSET, 0, 0),
                new BeamSearch(1, 1, BeamSearch.EarlyStopping.HEURISTIC),
                new Sampling(false, 1, DEFAULT_TOP_K, 1, 0, 1, 0),
                new TokenRules(1, 0, List.of(), TokenIds.NONE, List.of(), false),
                1);
    }

    /**
     * Reads the options of a checkpoint: from its {@code generation_config.json}, else from the configurations in order of
     * precedence, else the defaults. An unknown key of {@code generation_config.json} is logged once.
     *
     * @param directory directory of the checkpoint
     * @param configs configurations, such as {@code config.json} and the {@code text_config} in it
     * @throws org.fovea.core.ModelFormatException when a value is wrong or contradicts another
     */
    public static GenerationOptions read(Path directory, List<ConfigFile> configs) {
        return OptionsReader.read(directory, configs);
    }

    /**
     * Options of configurations alone, in order of precedence, else the defaults.
     *
     * @throws org.fovea.core.ModelFormatException when a value is wrong or contradicts another
     */
    public static GenerationOptions of(List<ConfigFile> configs) {
        return OptionsReader.of(configs);
    }

    /**
     * Copy changed by keys of the reference, such as {@code max_new_tokens}.
     *
     * @throws org.fovea.core.ModelFormatException when a key is unknown, or a value is wrong or contradicts another
     */
    public GenerationOptions with(Map<String, ?> keys) {
        ConfigFile layer = ConfigFile.of(Path.of("options"), keys);
        OptionsReader.requireKnown(layer);
        return OptionsReader.over(this, layer);
    }

    /**
     * Token that fills up texts of different lengths in a tensor: the pad token, else the first end token, else 0. As in the
     * reference, beam search treats a pad token 0 as missing.
     */
    public int filling() {
        int pad = tokens.pad();
        boolean has = pad > 0 || pad == 0 && search.beams() == 1;
        return has || tokens.end().isEmpty() ? Math.max(0, pad) : tokens.end().get(0);
    }

    /** Copy with the special tokens of another object where they are defined. */
    public GenerationOptions withTokens(TokenIds others) {
        return new GenerationOptions(tokens.with(others), lengths, search, sampling, rules, sequences);
    }

    /** Copy with another limit of tokens after the prompt. */
    public GenerationOptions withMaxNewTokens(int count) {
        LengthLimits limits = new LengthLimits(lengths.max(), count, lengths.min(), lengths.minNew());
        return new GenerationOptions(tokens, limits, search, sampling, rules, sequences);
    }

    /** Copy with another number of beams. */
    public GenerationOptions withBeams(int beams) {
        BeamSearch other = new BeamSearch(beams, search.lengthPenalty(), search.earlyStopping());
        return new GenerationOptions(tokens, lengths, other, sampling, rules, sequences);
    }

    /** Copy with another kind of sampling. */
    public GenerationOptions withSampling(Sampling other) {
        return new GenerationOptions(tokens, lengths, search, other, rules, sequences);
    }

    /** Copy with another number of texts for each input. */
    public GenerationOptions withSequences(int count) {
        return new GenerationOptions(tokens, lengths, search, sampling, rules, count);
    }
}
