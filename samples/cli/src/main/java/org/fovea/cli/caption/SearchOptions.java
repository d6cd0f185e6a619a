package org.fovea.cli.caption;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options on how the words are chosen; those that are not given are the checkpoint's own. */
final class SearchOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--beams",
            paramLabel = "N",
            description = "Captions that the search keeps, 1 for greedy. As all options of the search, by default the"
                    + " checkpoint's own.")
    Integer beams;

    @Option(
            names = "--sample",
            negatable = true,
            description = "Draws words at random by their probability, or does not; the same seed draws the same.")
    Boolean sample;

    @Option(names = "--top-k", paramLabel = "K", description = "Draws among the K likeliest words, 0 for all.")
    private Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draws among the likeliest words that together have probability P.")
    private Double topP;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Draws unlikely words more often above 1, less often below.")
    private Double temperature;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the draws.")
    private Integer seed;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            description = "Tokens of the longest caption, without the prompt.")
    private Integer maxNewTokens;

    @Option(
            names = "--min-new-tokens",
            paramLabel = "N",
            description = "Tokens of the shortest caption, without the prompt.")
    private Integer minNewTokens;

    @Option(
            names = "--no-repeat-ngram",
            paramLabel = "N",
            description = "Lets no N tokens in a row occur twice, 0 to let them.")
    private Integer noRepeatNgram;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Above 1, makes tokens less likely that are there already.")
    private Double repetitionPenalty;

    @Option(
            names = "--length-penalty",
            paramLabel = "X",
            description = "With beams, prefers longer captions above 0, shorter ones below.")
    private Double lengthPenalty;

    @Option(
            names = "--early-stopping",
            negatable = true,
            description = "With beams, ends with as many whole captions as beams, or searches on for better ones.")
    private Boolean earlyStopping;

    @Option(
            names = "--count",
            paramLabel = "K",
            description = "Captions of each image; at most --beams, or with --sample.")
    Integer count;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range
     */
    void check() {
        least("--beams", beams, 1);
        least("--top-k", topK, 0);
        least("--seed", seed, 0);
        least("--max-new-tokens", maxNewTokens, 1);
        least("--min-new-tokens", minNewTokens, 0);
        least("--no-repeat-ngram", noRepeatNgram, 0);
        least("--count", count, 1);
        positive("--temperature", temperature);
        positive("--repetition-penalty", repetitionPenalty);
        if (topP != null && !(topP > 0 && topP <= 1)) {
            throw usage("--top-p must lie above 0 and at most at 1, got " + topP);
        }
        if (lengthPenalty != null && !Double.isFinite(lengthPenalty)) {
            throw usage("--length-penalty must be a finite number, got " + lengthPenalty);
        }
        if (minNewTokens != null && maxNewTokens != null && minNewTokens > maxNewTokens) {
            throw usage(
                    "--min-new-tokens must be at most --max-new-tokens, got " + minNewTokens + " and " + maxNewTokens);
        }
    }

    /** Given options under their names in Hugging Face transformers. */
    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("num_beams", beams);
        keys.put("do_sample", sample);
        keys.put("top_k", topK);
        keys.put("top_p", topP);
        keys.put("temperature", temperature);
        keys.put("seed", seed);
        keys.put("max_new_tokens", maxNewTokens);
        keys.put("min_new_tokens", minNewTokens);
        keys.put("no_repeat_ngram_size", noRepeatNgram);
        keys.put("repetition_penalty", repetitionPenalty);
        keys.put("length_penalty", lengthPenalty);
        keys.put("early_stopping", earlyStopping);
        keys.put("num_return_sequences", count);
        keys.values().removeIf(Objects::isNull);
        return keys;
    }

    /** Returns whether an option is on the command line. */
    boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void least(String option, Integer value, int least) {
        if (value != null && value < least) {
            throw usage(option + " must be at least " + least + ", got " + value);
        }
    }

    private void positive(String option, Double value) {
        if (value != null && !(value > 0 && Double.isFinite(value))) {
            throw usage(option + " must be a number above 0, got " + value);
        }
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
