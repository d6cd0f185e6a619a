package org.fovea.server.task.caption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.CaptionRequest;
import org.fovea.core.ModelFormatException;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.Parameter;
import org.fovea.server.request.Parameters;

/** The parameters on how words are chosen; those that are not given are the checkpoint's own. */
final class SearchParameters {
    /** Maximum number of beams, which bounds the work and the memory of a request. */
    private static final int MOST_BEAMS = 16;

    private static final int MOST_TOKENS = 4096;
    private static final double LARGE = 1e6;

    static final List<Parameter> ALL = List.of(
            Parameter.integer("beams", "Captions that the search keeps, 1 for greedy."),
            Parameter.integer("num_beams", "The same as beams."),
            Parameter.integer("count", "Captions of the image: at most beams, or with sample."),
            Parameter.integer("num_return_sequences", "The same as count."),
            Parameter.flag("sample", "Draws words by their probability."),
            Parameter.flag("do_sample", "The same as sample."),
            Parameter.number("temperature", "Draws unlikely words more often above 1, less often below."),
            Parameter.integer("top_k", "Draws among the likeliest words, 0 for all."),
            Parameter.number("top_p", "Draws among the likeliest words that together have this probability."),
            Parameter.integer("seed", "Seed of the draws, 0 by default: the same draws the same."),
            Parameter.integer("max_new_tokens", "Tokens of the longest caption, without the prompt."),
            Parameter.integer("min_new_tokens", "Tokens of the shortest caption, without the prompt."),
            Parameter.number("repetition_penalty", "Above 1, makes tokens less likely that are there already."),
            Parameter.number("length_penalty", "With beams, prefers longer captions above 0, shorter ones below."),
            Parameter.integer("no_repeat_ngram_size", "Lets no so many tokens in a row occur twice, 0 to let them."),
            Parameter.flag("early_stopping", "With beams, ends with as many whole captions as beams."),
            Parameter.text("prompt", "Words that the caption begins with."));

    private SearchParameters() {}

    /** Caption request with the values that a client sent. */
    static CaptionRequest over(CaptionRequest own, Parameters wanted) {
        Map<String, Object> keys = keys(wanted);
        try {
            GenerationOptions options =
                    keys.isEmpty() ? own.options() : own.options().with(keys);
            return new CaptionRequest(wanted.text("prompt").orElse(""), options);
        } catch (ModelFormatException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        }
    }

    /** Given parameters under their names in Hugging Face transformers. */
    private static Map<String, Object> keys(Parameters wanted) {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (String beams : List.of("beams", "num_beams")) {
            wanted.integer(beams, 1, MOST_BEAMS).ifPresent(n -> keys.put("num_beams", n));
        }
        for (String count : List.of("count", "num_return_sequences")) {
            wanted.integer(count, 1, MOST_BEAMS).ifPresent(n -> keys.put("num_return_sequences", n));
        }
        for (String sample : List.of("sample", "do_sample")) {
            wanted.flag(sample).ifPresent(on -> keys.put("do_sample", on));
        }
        wanted.flag("early_stopping").ifPresent(on -> keys.put("early_stopping", on));
        wanted.integer("top_k", 0, Integer.MAX_VALUE).ifPresent(n -> keys.put("top_k", n));
        wanted.integer("seed", 0, Integer.MAX_VALUE).ifPresent(n -> keys.put("seed", n));
        wanted.integer("max_new_tokens", 1, MOST_TOKENS).ifPresent(n -> keys.put("max_new_tokens", n));
        wanted.integer("min_new_tokens", 0, MOST_TOKENS).ifPresent(n -> keys.put("min_new_tokens", n));
        wanted.integer("no_repeat_ngram_size", 0, MOST_TOKENS).ifPresent(n -> keys.put("no_repeat_ngram_size", n));
        wanted.number("temperature", Math.ulp(1f), LARGE).ifPresent(x -> keys.put("temperature", x));
        wanted.number("top_p", 0, 1).ifPresent(x -> keys.put("top_p", x));
        wanted.number("repetition_penalty", Math.ulp(1f), LARGE).ifPresent(x -> keys.put("repetition_penalty", x));
        wanted.number("length_penalty", -LARGE, LARGE).ifPresent(x -> keys.put("length_penalty", x));
        return keys;
    }

    /** Values of the checkpoint, from which clients can start. */
    static Map<String, Object> defaults(GenerationOptions own) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("beams", own.search().beams());
        out.put("count", own.sequences());
        out.put("sample", own.sampling().enabled());
        out.put("temperature", own.sampling().temperature());
        out.put("top_k", own.sampling().topK());
        out.put("top_p", own.sampling().topP());
        int max = own.lengths().maxNew() > 0
                ? own.lengths().maxNew()
                : own.lengths().max() - 1;
        out.put("max_new_tokens", Math.max(1, max));
        out.put("min_new_tokens", own.lengths().minNew());
        return out;
    }
}
