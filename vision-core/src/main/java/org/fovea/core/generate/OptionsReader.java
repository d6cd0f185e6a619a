package org.fovea.core.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.config.Nearest;
import org.fovea.core.generate.BeamSearch.EarlyStopping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@link GenerationOptions} from JSON objects, layer over layer. */
final class OptionsReader {
    private static final Logger LOG = LoggerFactory.getLogger(OptionsReader.class);
    private static final int MOST = Integer.MAX_VALUE / 4;
    private static final double LARGE = 1e6;
    private static final String SAMPLE = "do_sample";
    private static final String BEAMS = "num_beams";
    private static final String SEQUENCES = "num_return_sequences";
    private static final String STOPPING = "early_stopping";
    private static final String BAD_WORDS = "bad_words_ids";

    private static final List<String> KNOWN = List.of(
            "max_length",
            "max_new_tokens",
            "min_length",
            "min_new_tokens",
            BEAMS,
            "length_penalty",
            STOPPING,
            SEQUENCES,
            SAMPLE,
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "typical_p",
            "seed",
            "repetition_penalty",
            "no_repeat_ngram_size",
            BAD_WORDS,
            "forced_bos_token_id",
            "forced_eos_token_id",
            "renormalize_logits",
            "bos_token_id",
            "eos_token_id",
            "pad_token_id",
            "decoder_start_token_id");

    /** Keys that do not affect the text. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "_from_model_config",
            "transformers_version",
            "use_cache",
            "cache_implementation",
            "output_attentions",
            "output_hidden_states",
            "output_scores",
            "output_logits",
            "return_dict_in_generate",
            "num_beam_groups",
            "diversity_penalty");

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private OptionsReader() {}

    static GenerationOptions of(List<ConfigFile> configs) {
        GenerationOptions options = GenerationOptions.defaults();
        for (int i = configs.size() - 1; i >= 0; i--) {
            options = over(options, configs.get(i));
        }
        return options;
    }

    static GenerationOptions read(Path directory, List<ConfigFile> configs) {
        GenerationOptions options = of(configs);
        Path file = directory.resolve("generation_config.json");
        if (!Files.exists(file)) {
            return options;
        }
        ConfigFile own = ConfigFile.read(file);
        for (String key : own.keys()) {
            boolean known = KNOWN.contains(key) || WITHOUT_EFFECT.contains(key);
            if (!known && own.has(key) && WARNED.add(file + " " + key)) {
                LOG.warn("{}: \"{}\" is no option of generation that is known here; it is left out", file, key);
            }
        }
        return over(options, own);
    }

    /** Refuses unknown keys. */
    static void requireKnown(ConfigFile layer) {
        for (String key : layer.keys()) {
            if (!KNOWN.contains(key)) {
                throw layer.error(
                        key,
                        "must be an option of generation, one of " + KNOWN,
                        "\"" + key + "\"",
                        "Did you mean \"" + Nearest.of(key, KNOWN) + "\"?");
            }
        }
    }

    /** Options with the values of a configuration applied. */
    static GenerationOptions over(GenerationOptions base, ConfigFile layer) {
        try {
            return new GenerationOptions(
                    tokens(base.tokens(), layer),
                    lengths(base.lengths(), layer),
                    search(base.search(), layer),
                    sampling(base.sampling(), layer),
                    rules(base.rules(), layer),
                    layer.integer(SEQUENCES, 1, MOST).orElse(base.sequences()));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(
                    layer.file() + ": options of generation must go together: " + e.getMessage(), e);
        }
    }

    private static TokenIds tokens(TokenIds base, ConfigFile layer) {
        return new TokenIds(
                id(layer, "bos_token_id").orElse(base.begin()),
                ids(layer, "eos_token_id").orElse(base.end()),
                id(layer, "pad_token_id").orElse(base.pad()),
                id(layer, "decoder_start_token_id").orElse(base.decoderStart()));
    }

    private static LengthLimits lengths(LengthLimits base, ConfigFile layer) {
        return new LengthLimits(
                layer.integer("max_length", 1, MOST).orElse(base.max()),
                layer.integer("max_new_tokens", 1, MOST).orElse(base.maxNew()),
                layer.integer("min_length", 0, MOST).orElse(base.min()),
                layer.integer("min_new_tokens", 0, MOST).orElse(base.minNew()));
    }

    private static BeamSearch search(BeamSearch base, ConfigFile layer) {
        return new BeamSearch(
                layer.integer(BEAMS, 1, MOST).orElse(base.beams()),
                layer.number("length_penalty", -LARGE, LARGE).orElse(base.lengthPenalty()),
                stopping(layer).orElse(base.earlyStopping()));
    }

    private static Optional<EarlyStopping> stopping(ConfigFile layer) {
        if (!layer.isText(STOPPING)) {
            return layer.flag(STOPPING).map(on -> on ? EarlyStopping.ALWAYS : EarlyStopping.HEURISTIC);
        }
        if (!layer.text(STOPPING).equals(Optional.of("never"))) {
            throw layer.wrong(STOPPING, "true, false or \"never\"");
        }
        return Optional.of(EarlyStopping.NEVER);
    }

    private static Sampling sampling(Sampling base, ConfigFile layer) {
        return new Sampling(
                layer.flag(SAMPLE).orElse(base.enabled()),
                layer.number("temperature", 0, LARGE).orElse(base.temperature()),
                layer.integer("top_k", 0, MOST).orElse(base.topK()),
                layer.number("top_p", 0, 1).orElse(base.topP()),
                layer.number("min_p", 0, 1).orElse(base.minP()),
                layer.number("typical_p", 0, 1).orElse(base.typicalP()),
                layer.integer("seed", 0, Integer.MAX_VALUE).map(Long::valueOf).orElse(base.seed()));
    }

    private static TokenRules rules(TokenRules base, ConfigFile layer) {
        return new TokenRules(
                layer.number("repetition_penalty", 0, LARGE).orElse(base.repetitionPenalty()),
                layer.integer("no_repeat_ngram_size", 0, MOST).orElse(base.noRepeatNgram()),
                badWords(layer).orElse(base.badWords()),
                id(layer, "forced_bos_token_id").orElse(base.forcedBegin()),
                ids(layer, "forced_eos_token_id").orElse(base.forcedEnd()),
                layer.flag("renormalize_logits").orElse(base.renormalize()));
    }

    private static Optional<List<List<Integer>>> badWords(ConfigFile layer) {
        if (!layer.has(BAD_WORDS)) {
            return Optional.empty();
        }
        if (!(layer.values().get(BAD_WORDS) instanceof List<?> lists)) {
            throw layer.wrong(BAD_WORDS, "an array of arrays of token ids");
        }
        List<List<Integer>> out = new ArrayList<>();
        for (Object each : lists) {
            if (!(each instanceof List<?> ids) || !ids.stream().allMatch(Number.class::isInstance)) {
                throw layer.wrong(BAD_WORDS, "an array of arrays of token ids");
            }
            out.add(ids.stream().map(id -> ((Number) id).intValue()).toList());
        }
        return Optional.of(out);
    }

    private static Optional<Integer> id(ConfigFile layer, String key) {
        return layer.integer(key, 0, MOST);
    }

    private static Optional<List<Integer>> ids(ConfigFile layer, String key) {
        return layer.isArray(key)
                ? layer.integers(key, 0, MOST)
                : Stream.of(id(layer, key))
                        .flatMap(Optional::stream)
                        .map(List::of)
                        .findFirst();
    }
}
