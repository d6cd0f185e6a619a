package org.fovea.core.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule on scores worked out by hand. */
class TokenRuleTest {
    private static final float NO = Float.NEGATIVE_INFINITY;
    private static final float TOLERANCE = 1e-6f;

    private static float[] applied(TokenRule rule, int[] text, float... scores) {
        rule.apply(text, scores);
        return scores;
    }

    private static int[] text(int... tokens) {
        return tokens;
    }

    @Test
    void repetitionPenaltyCountsEachTokenOnceWhateverItsSign() {
        float[] out = applied(TokenRule.repetitionPenalty(2), text(0, 1, 1, 3), 3, -1, 5, 0);
        assertArrayEquals(new float[] {1.5f, -2, 5, 0}, out);
    }

    @Test
    void noRepeatNgramForbidsWhatWouldCompleteARunAgain() {
        assertArrayEquals(
                new float[] {1, NO, 1, NO},
                applied(TokenRule.noRepeatNgram(2), text(0, 1, 0, 3, 0), 1, 1, 1, 1),
                "after 0 came 1 and 3");
        assertArrayEquals(
                new float[] {1, 1, NO}, applied(TokenRule.noRepeatNgram(3), text(0, 1, 2, 0, 1), 1, 1, 1), "0 1 2");
        assertArrayEquals(
                new float[] {NO, 1, NO}, applied(TokenRule.noRepeatNgram(1), text(0, 2), 1, 1, 1), "no token twice");
        assertArrayEquals(new float[] {1, 1}, applied(TokenRule.noRepeatNgram(3), text(0, 1), 1, 1), "too short");
    }

    @Test
    void badWordsForbidTheLastTokenAfterTheOthers() {
        TokenRule rule = TokenRule.badWords(List.of(List.of(2), List.of(0, 1)));
        assertArrayEquals(new float[] {1, NO, NO}, applied(rule, text(1, 0), 1, 1, 1));
        assertArrayEquals(new float[] {1, 1, NO}, applied(rule, text(0, 2), 1, 1, 1));
    }

    @Test
    void aWordAsLongAsTheTextNeedsATextThatIsAsLong() {
        TokenRule rule = TokenRule.badWords(List.of(List.of(0, 1)));
        assertArrayEquals(new float[] {1, 1}, applied(rule, text(0), 1, 1), "as the reference has it");
    }

    @Test
    void noEndBeforeTheLeastLength() {
        TokenRule rule = TokenRule.minLength(3, List.of(1, 2));
        assertArrayEquals(new float[] {1, NO, NO}, applied(rule, text(0, 0), 1, 1, 1));
        assertArrayEquals(new float[] {1, 1, 1}, applied(rule, text(0, 0, 0), 1, 1, 1));
    }

    @Test
    void forcedTokensAreTheOnlyOnesAtTheirPlace() {
        TokenRule rule = TokenRule.forced(2, List.of(1));
        assertArrayEquals(new float[] {NO, 0, NO}, applied(rule, text(0, 0), 3, 1, 2));
        assertArrayEquals(new float[] {3, 1, 2}, applied(rule, text(0), 3, 1, 2));
    }

    @Test
    void renormalizedScoresAreLogProbabilities() {
        float[] out = applied(TokenRule.renormalize(), text(0), (float) Math.log(1), (float) Math.log(3), NO);
        assertArrayEquals(new float[] {(float) Math.log(0.25), (float) Math.log(0.75), NO}, out, TOLERANCE);
    }

    /** Scores of given probabilities. */
    private static float[] logs(double... probabilities) {
        float[] out = new float[probabilities.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) Math.log(probabilities[i]);
        }
        return out;
    }

    private static String left(float... scores) {
        StringBuilder out = new StringBuilder();
        for (float score : scores) {
            out.append(score == NO ? '-' : '+');
        }
        return out.toString();
    }

    @Test
    void temperatureDividesScores() {
        assertArrayEquals(new float[] {2, -4}, applied(SamplingRule.temperature(0.5), text(0), 1, -2));
    }

    @Test
    void topKKeepsTheLikeliestAndTheirEquals() {
        assertEquals("-+-+", left(applied(SamplingRule.topK(2, 1), text(0), 1, 4, 2, 3)));
        assertEquals("-+++", left(applied(SamplingRule.topK(2, 1), text(0), 1, 4, 3, 3)), "equals of the last stay");
        assertEquals("-+++", left(applied(SamplingRule.topK(1, 3), text(0), 1, 4, 2, 3)), "at least three");
        assertEquals("++++", left(applied(SamplingRule.topK(50, 1), text(0), 1, 4, 2, 3)));
    }

    @Test
    void topPKeepsTheFewestThatReachTheProbability() {
        float[] scores = logs(0.1, 0.5, 0.15, 0.25);
        assertEquals("-+--", left(applied(SamplingRule.topP(0.4, 1), text(0), scores.clone())));
        assertEquals("-+-+", left(applied(SamplingRule.topP(0.6, 1), text(0), scores.clone())));
        assertEquals("-+++", left(applied(SamplingRule.topP(0.85, 1), text(0), scores.clone())));
        assertEquals("-+-+", left(applied(SamplingRule.topP(0.01, 2), text(0), scores.clone())), "at least two");
    }

    @Test
    void minPKeepsAShareOfTheLikeliest() {
        float[] scores = logs(0.1, 0.5, 0.15, 0.25);
        assertEquals("-+-+", left(applied(SamplingRule.minP(0.4, 1), text(0), scores.clone())));
        assertEquals("-+++", left(applied(SamplingRule.minP(0.9, 3), text(0), scores.clone())), "at least three");
    }

    /** Entropy 1.208 nats; information 0.693, 1.386, 1.897 and 2.303, so that the token of 0.25 is nearest, then that of 0.5. */
    @Test
    void typicalKeepsWhatIsNearestToTheEntropy() {
        float[] scores = logs(0.5, 0.25, 0.15, 0.1);
        assertEquals("-+--", left(applied(SamplingRule.typical(0.2, 1), text(0), scores.clone())));
        assertEquals("++--", left(applied(SamplingRule.typical(0.3, 1), text(0), scores.clone())));
        assertEquals("+++-", left(applied(SamplingRule.typical(0.8, 1), text(0), scores.clone())));
        assertEquals("++--", left(applied(SamplingRule.typical(0.2, 2), text(0), scores.clone())), "at least two");
    }

    @Test
    void theEndAloneIsNoBadWordAndTheOrderIsTheReferences() {
        GenerationOptions options = GenerationOptions.defaults()
                .withTokens(new TokenIds(0, List.of(2), 2, TokenIds.NONE))
                .with(Map.of(
                        "bad_words_ids", List.of(List.of(2), List.of(1)), "forced_bos_token_id", 1, "max_length", 9));
        float[] out = applied(new RuleChain(options, 1), text(0), 5, 5, 5);
        assertArrayEquals(new float[] {NO, 0, NO}, out, "a forced token comes after bad words");
        assertArrayEquals(new float[] {5, NO, 5}, applied(new RuleChain(options, 1), text(0, 1), 5, 5, 5));
    }
}
