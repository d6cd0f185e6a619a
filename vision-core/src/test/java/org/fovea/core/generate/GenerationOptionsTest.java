package org.fovea.core.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.BeamSearch.EarlyStopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationOptionsTest {
    @TempDir
    Path directory;

    private GenerationOptions read(String generation, ConfigFile... configs) throws IOException {
        Files.writeString(directory.resolve("generation_config.json"), generation);
        return GenerationOptions.read(directory, List.of(configs));
    }

    private static ConfigFile config(Map<String, Object> keys) {
        return ConfigFile.of(Path.of("config.json"), keys);
    }

    @Test
    void defaultsAreTheReferences() {
        GenerationOptions options = GenerationOptions.read(directory, List.of());
        assertEquals(new LengthLimits(20, 0, 0, 0), options.lengths());
        assertEquals(new BeamSearch(1, 1, EarlyStopping.HEURISTIC), options.search());
        assertEquals(new Sampling(false, 1, 50, 1, 0, 1, 0), options.sampling());
        assertEquals(new TokenRules(1, 0, List.of(), TokenIds.NONE, List.of(), false), options.rules());
        assertEquals(1, options.sequences());
    }

    @Test
    void theOwnFileComesBeforeTheConfigurationsAndTheFirstOfThoseBeforeTheNext() throws IOException {
        ConfigFile top = config(Map.of("num_beams", 3, "max_length", 30));
        ConfigFile decoder = config(Map.of("num_beams", 2, "top_k", 7, "eos_token_id", List.of(4, 5)));
        GenerationOptions options = read("{\"max_length\": 40, \"early_stopping\": \"never\"}", top, decoder);
        assertEquals(40, options.lengths().max());
        assertEquals(3, options.search().beams());
        assertEquals(EarlyStopping.NEVER, options.search().earlyStopping());
        assertEquals(7, options.sampling().topK());
        assertEquals(List.of(4, 5), options.tokens().end());
    }

    @Test
    void everyOptionIsRead() {
        GenerationOptions options = GenerationOptions.defaults()
                .with(Map.ofEntries(
                        Map.entry("max_new_tokens", 9),
                        Map.entry("min_length", 2),
                        Map.entry("min_new_tokens", 3),
                        Map.entry("num_beams", 5),
                        Map.entry("length_penalty", -0.5),
                        Map.entry("early_stopping", true),
                        Map.entry("num_return_sequences", 4),
                        Map.entry("do_sample", true),
                        Map.entry("temperature", 0.7),
                        Map.entry("top_k", 11),
                        Map.entry("top_p", 0.9),
                        Map.entry("min_p", 0.1),
                        Map.entry("typical_p", 0.8),
                        Map.entry("seed", 12),
                        Map.entry("repetition_penalty", 1.3),
                        Map.entry("no_repeat_ngram_size", 2),
                        Map.entry("bad_words_ids", List.of(List.of(1, 2))),
                        Map.entry("forced_bos_token_id", 3),
                        Map.entry("forced_eos_token_id", List.of(4)),
                        Map.entry("renormalize_logits", true),
                        Map.entry("bos_token_id", 5),
                        Map.entry("eos_token_id", 6),
                        Map.entry("pad_token_id", 7),
                        Map.entry("decoder_start_token_id", 8)));
        assertEquals(
                new GenerationOptions(
                        new TokenIds(5, List.of(6), 7, 8),
                        new LengthLimits(20, 9, 2, 3),
                        new BeamSearch(5, -0.5, EarlyStopping.ALWAYS),
                        new Sampling(true, 0.7, 11, 0.9, 0.1, 0.8, 12),
                        new TokenRules(1.3, 2, List.of(List.of(1, 2)), 3, List.of(4), true),
                        4),
                options);
        assertEquals(12, options.lengths().maxLength(3));
        assertEquals(6, options.lengths().minLength(3));
        assertEquals(8, options.tokens().first());
    }

    @Test
    void anUnknownKeyOfTheFileIsLeftOutButOneOfTheCallerIsAnError() throws IOException {
        assertEquals(
                GenerationOptions.defaults(),
                read("{\"made_up\": 3, \"transformers_version\": \"5\", \"temperature\": null}"));
        ModelFormatException e = assertThrows(
                ModelFormatException.class, () -> GenerationOptions.defaults().with(Map.of("max_new_token", 3)));
        assertTrue(e.getMessage().contains("max_new_token\" must be an option of generation"), e.getMessage());
        assertTrue(e.getMessage().contains("Did you mean \"max_new_tokens\"?"), e.getMessage());
    }

    @Test
    void contradictionsAreToldInOneSentence() {
        GenerationOptions options = GenerationOptions.defaults();
        assertMessage("num_return_sequences must be at most num_beams", options, Map.of("num_return_sequences", 2));
        assertMessage(
                "min_new_tokens must be at most max_new_tokens",
                options,
                Map.of("min_new_tokens", 5, "max_new_tokens", 4));
        assertMessage("\"temperature\" must be", options, Map.of("temperature", -1));
        assertMessage("\"early_stopping\" must be true, false or \"never\"", options, Map.of("early_stopping", "no"));
        assertMessage("\"bad_words_ids\" must be an array", options, Map.of("bad_words_ids", List.of("cat")));
        assertMessage("badWords must hold no empty", options, Map.of("bad_words_ids", List.of(List.of())));
    }

    private static void assertMessage(String part, GenerationOptions options, Map<String, ?> keys) {
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> options.with(keys));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void aTextThatCannotFitIsRefused() {
        TextGenerator generator = new TextGenerator(GenerationOptions.defaults());
        generator.check(new int[3], 20, 9);
        assertRefused("leaves no", "shorter than the longest text, got 20", generator, new int[20], 64);
        assertRefused("no prompt", "must have a first token", generator, new int[0], 64);
        assertRefused("positions", "must fit the model's 16 positions", generator, new int[3], 16);
        TextGenerator least = new TextGenerator(GenerationOptions.defaults().with(Map.of("min_length", 21)));
        assertRefused("least", "min_length must be at most max_length, got 21 and 20", least, new int[3], 64);
        TextGenerator endless = new TextGenerator(GenerationOptions.defaults().withMaxNewTokens(Integer.MAX_VALUE));
        assertRefused("endless", "and at most 2147483647 with it", endless, new int[3], 64);
    }

    /** Refusal of tokens beyond the vocabulary before a text begins, not when their scores are looked up halfway. */
    @Test
    void tokensThatTheModelHasNotAreRefused() {
        for (Map<String, Object> keys : List.<Map<String, Object>>of(
                Map.of("eos_token_id", List.of(2, 9)),
                Map.of("pad_token_id", 9),
                Map.of("forced_bos_token_id", 9),
                Map.of("forced_eos_token_id", 9),
                Map.of("bad_words_ids", List.of(List.of(1, 9))))) {
            String key = keys.keySet().iterator().next();
            TextGenerator generator =
                    new TextGenerator(GenerationOptions.defaults().with(keys));
            generator.check(new int[1], 64, 10);
            assertRefused(key, key + " must be a token of the model, from 0 to 8, got 9", generator, new int[1], 64);
        }
        TextGenerator negative =
                new TextGenerator(GenerationOptions.defaults().with(Map.of("bad_words_ids", List.of(List.of(-3)))));
        assertRefused(
                "negative",
                "bad_words_ids must be a token of the model, from 0 to 8, got -3",
                negative,
                new int[1],
                64);
    }

    private static void assertRefused(String label, String part, TextGenerator generator, int[] prompt, int positions) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> generator.check(prompt, positions, 9), label);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
