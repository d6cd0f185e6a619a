package org.fovea.core.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches over decoders whose best texts can be worked out. */
class TextGeneratorTest {
    private static final int VOCABULARY = 4;
    private static final int END = 3;
    private static final int[] PROMPT = {0};
    private static final double TOLERANCE = 1e-5;

    private static GenerationOptions options(Object... keys) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i += 2) {
            map.put((String) keys[i], keys[i + 1]);
        }
        return GenerationOptions.defaults()
                .withTokens(new TokenIds(0, List.of(END), END, TokenIds.NONE))
                .with(map);
    }

    private static List<List<TextGeneration>> generate(
            GenerationOptions options, int images, Function<int[], float[]> scores) {
        TextGenerator generator = new TextGenerator(options);
        try (DecoderSession session = new TableDecoder(images * generator.rowsPerImage(), VOCABULARY, scores)) {
            return generator.generate(session, images, PROMPT, TokenListener.NONE);
        }
    }

    private static List<Integer> first(GenerationOptions options, Function<int[], float[]> scores) {
        return generate(options, 1, scores).get(0).get(0).tokens();
    }

    /** 0 → 1 → 2 → end. */
    private static final Function<int[], float[]> CHAIN = TableDecoder.byLast(
            new float[] {0, 9, 0, 0}, new float[] {0, 0, 9, 0}, new float[] {0, 1, 0, 9}, new float[4]);

    @Test
    void greedyTakesTheLikeliestUntilTheEndOrTheLimit() {
        assertEquals(List.of(0, 1, 2, END), first(options(), CHAIN));
        assertEquals(List.of(0, 1, 2), first(options("max_new_tokens", 2), CHAIN));
        assertEquals(List.of(0, 1), first(options("max_length", 2), CHAIN));
        assertEquals(List.of(0, 1, 2, 1, 2, END), first(options("min_new_tokens", 4), CHAIN));
        assertEquals(List.of(0, 1, END), first(options("max_length", 3, "forced_eos_token_id", END), CHAIN));
        assertEquals(List.of(0, 2, END), first(options("forced_bos_token_id", 2), CHAIN));
    }

    @Test
    void logProbabilitiesAreTheModelsWhateverTheRules() {
        TextGeneration text =
                generate(options("forced_bos_token_id", 2), 1, CHAIN).get(0).get(0);
        double log = -Math.log(Math.exp(9) + 3);
        assertEquals(log, text.logProbabilities().get(0), TOLERANCE);
        assertEquals(text.logProbabilities().stream().mapToDouble(d -> d).sum(), text.score(), TOLERANCE);
        assertEquals(List.of(2, END), text.newTokens());
    }

    @Test
    void attentionIsThatOfTheTokenThatWasRead() {
        List<Float> read = new ArrayList<>();
        generate(options(), 1, CHAIN).get(0).get(0).attention().forEach(a -> read.add(a.toFloats()[0]));
        assertEquals(List.of(0f, 1f, 2f), read, "the scores of a token come of the one before");
        TextGeneration beam = generate(options("num_beams", 3), 1, TableDecoder.random(VOCABULARY, 5))
                .get(0)
                .get(0);
        for (int i = 0; i < beam.newTokens().size(); i++) {
            assertEquals(beam.tokens().get(i), (int) beam.attention().get(i).toFloats()[0]);
        }
    }

    private record Scored(List<Integer> tokens, double score) {}

    /** All texts of at most {@code left} more tokens with their scores. */
    private static void all(
            Function<int[], float[]> scores, int[] text, double sum, int left, double penalty, List<Scored> out) {
        boolean ended = text[text.length - 1] == END && text.length > 1;
        if (ended || left == 0) {
            double score = sum / Math.pow(text.length - 1, penalty);
            out.add(new Scored(Arrays.stream(text).boxed().toList(), score));
            return;
        }
        float[] logs = scores.apply(text);
        Scores.logSoftmax(logs);
        for (int token = 0; token < VOCABULARY; token++) {
            int[] longer = Arrays.copyOf(text, text.length + 1);
            longer[text.length] = token;
            all(scores, longer, sum + logs[token], left - 1, penalty, out);
        }
    }

    /** With more beams than there are texts the search is exhaustive. */
    @ParameterizedTest
    @CsvSource({"1, 1.0", "2, 1.0", "3, 0.0", "4, 2.5", "5, -1.0"})
    void wideBeamsFindTheBestTexts(long seed, double penalty) {
        Function<int[], float[]> scores = TableDecoder.random(VOCABULARY, seed);
        List<Scored> expected = new ArrayList<>();
        all(scores, PROMPT, 0, 3, penalty, expected);
        expected.sort(Comparator.comparingDouble(Scored::score).reversed());
        GenerationOptions options = options(
                "num_beams",
                80,
                "num_return_sequences",
                5,
                "max_new_tokens",
                3,
                "length_penalty",
                penalty,
                "early_stopping",
                "never");
        List<TextGeneration> actual = generate(options, 1, scores).get(0);
        for (int i = 0; i < 5; i++) {
            assertEquals(expected.get(i).tokens(), actual.get(i).tokens(), "rank " + i);
            assertEquals(expected.get(i).score(), actual.get(i).score(), TOLERANCE, "rank " + i);
        }
    }

    /** The likeliest first token leads to unlikely ones: only more than one beam finds the way around. */
    @Test
    void beamsSeeBehindTheLikeliestToken() {
        Function<int[], float[]> trap = TableDecoder.byLast(
                new float[] {-9, 2, 1, -9}, new float[] {1, 1, 1, 1}, new float[] {-9, -9, -9, 9}, new float[4]);
        assertEquals(1, first(options("max_new_tokens", 2), trap).get(1));
        assertEquals(List.of(0, 2, END), first(options("max_new_tokens", 2, "num_beams", 2), trap));
    }

    /** A short finished text is at hand early; longer ones are better by the mean. */
    @Test
    void earlyStoppingTakesWhatIsThere() {
        Function<int[], float[]> scores =
                TableDecoder.byLast(new float[] {-9, 1, -9, 1}, new float[] {-9, 6, -9, 1}, new float[4], new float[4]);
        List<Integer> always = first(options("num_beams", 2, "early_stopping", true, "length_penalty", 2.0), scores);
        List<Integer> never = first(options("num_beams", 2, "early_stopping", "never", "length_penalty", 2.0), scores);
        assertTrue(always.size() < 6, always.toString());
        assertEquals(20, never.size(), never.toString());
    }

    /**
     * Two short texts end soon; a third is worse at its length of then, but would be better than the second at full length: the
     * search waits for it where it is told to consider that.
     */
    @Test
    void neverConsidersTheMostFavorableLength() {
        float[] first = {-99, -3.5f, -2.5f, -0.119f};
        float[] longest = {-6, -0.01f, -6, -5.3f};
        float[] ending = {-6, -6, -6, -0.01f};
        Function<int[], float[]> scores = TableDecoder.byLast(first, longest, ending, new float[4]);
        GenerationOptions two = options("num_beams", 2, "num_return_sequences", 2);
        List<TextGeneration> heuristic = generate(two, 1, scores).get(0);
        assertEquals(List.of(0, END), heuristic.get(0).tokens());
        assertEquals(List.of(0, 2, END), heuristic.get(1).tokens());
        List<TextGeneration> never =
                generate(two.with(Map.of("early_stopping", "never")), 1, scores).get(0);
        assertEquals(List.of(0, END), never.get(0).tokens());
        assertEquals(20, never.get(1).tokens().size(), never.get(1).tokens().toString());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "1, true", "3, true"})
    void imagesOfABatchDoNotDisturbEachOther(int beams, boolean sample) {
        GenerationOptions options = options("num_beams", beams, "do_sample", sample, "max_new_tokens", 6);
        List<List<TextGeneration>> batch = generate(options, 4, TableDecoder.random(VOCABULARY, 3));
        List<List<TextGeneration>> single = generate(options, 1, TableDecoder.random(VOCABULARY, 3));
        batch.forEach(texts -> assertEquals(
                single.get(0).stream().map(TextGeneration::tokens).toList(),
                texts.stream().map(TextGeneration::tokens).toList()));
    }

    @Test
    void samplingFollowsItsSeedAndTheProbabilities() {
        Function<int[], float[]> scores = text -> new float[] {0, (float) Math.log(3), Float.NEGATIVE_INFINITY, -99};
        GenerationOptions options =
                options("do_sample", true, "num_return_sequences", 2000, "max_new_tokens", 1, "seed", 4);
        List<Integer> drawn = generate(options, 1, scores).get(0).stream()
                .map(text -> text.newTokens().get(0))
                .toList();
        long ones = drawn.stream().filter(token -> token == 1).count();
        assertEquals(0.75, ones / 2000.0, 0.04); // four standard deviations
        assertEquals(
                drawn,
                generate(options, 1, scores).get(0).stream()
                        .map(text -> text.newTokens().get(0))
                        .toList());
        GenerationOptions other = options.withSampling(options.sampling().withSeed(5));
        assertNotEquals(
                drawn,
                generate(other, 1, scores).get(0).stream()
                        .map(text -> text.newTokens().get(0))
                        .toList());
    }

    /** Drawn candidates of one beam are its tokens by their probability; both are kept, the likelier goes on first. */
    @Test
    void beamSamplingDrawsWithoutReplacement() {
        GenerationOptions options =
                options("do_sample", true, "num_beams", 2, "num_return_sequences", 2, "max_new_tokens", 1, "seed", 1);
        long[] counts = new long[VOCABULARY];
        for (int seed = 0; seed < 500; seed++) {
            GenerationOptions seeded = options.withSampling(options.sampling().withSeed(seed));
            List<TextGeneration> texts =
                    generate(seeded, 1, text -> new float[] {2, 1, 0, -1}).get(0);
            List<List<Integer>> both =
                    texts.stream().map(TextGeneration::newTokens).toList();
            assertNotEquals(both.get(0), both.get(1), "no token twice");
            assertTrue(texts.get(0).score() >= texts.get(1).score());
            both.forEach(tokens -> counts[tokens.get(0)]++);
        }
        long[] sorted = counts.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < VOCABULARY; i++) {
            assertEquals(
                    sorted[VOCABULARY - 1 - i], counts[i], "likelier tokens more often: " + Arrays.toString(counts));
        }
        assertTrue(counts[VOCABULARY - 1] > 0, Arrays.toString(counts));
    }

    @Test
    void listenersHearTokensInOrder() {
        List<String> heard = new ArrayList<>();
        TokenListener listener = (image, text, token, log) -> heard.add(image + "." + text + "." + token);
        TextGenerator greedy = new TextGenerator(options());
        greedy.generate(new TableDecoder(2, VOCABULARY, CHAIN), 2, PROMPT, listener);
        assertEquals(List.of("0.0.1", "1.0.1", "0.0.2", "1.0.2", "0.0.3", "1.0.3"), heard);
        heard.clear();
        TextGenerator beams = new TextGenerator(options("num_beams", 2));
        beams.generate(new TableDecoder(2, VOCABULARY, CHAIN), 1, PROMPT, listener);
        assertEquals(List.of("0.0.1", "0.0.2", "0.0.3"), heard);
    }

    @Test
    void aSessionOfOtherRowsIsRefused() {
        TextGenerator generator = new TextGenerator(options("num_beams", 3));
        TableDecoder session = new TableDecoder(4, VOCABULARY, CHAIN);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> generator.generate(session, 1, PROMPT, TokenListener.NONE));
        assertTrue(e.getMessage().contains("1 x 3 rows, got 4"), e.getMessage());
    }

    @Test
    void theLargestOfManyAreThoseOfASort() {
        float[] scores = new float[500];
        Random random = new Random(2);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(100);
        }
        int[] sorted = IntStream.range(0, 500)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i))
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(Arrays.copyOf(sorted, 20), Scores.largest(scores, 20));
        assertArrayEquals(sorted, Scores.largest(scores, 1000));
    }
}
