package org.fovea.captioning.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionScoresTest {
    private static final double TOLERANCE = 1e-12; // the same double arithmetic in another order

    /** Nothing between two spaces is no token, nor is an empty caption one. */
    @Test
    void tokenizedTextHasNoEmptyTokens() {
        List<ScoredCaption> wide = List.of(
                new ScoredCaption(" a  cat ", List.of("a cat  sits", "cat")), new ScoredCaption("", List.of("a dog")));
        List<ScoredCaption> narrow = List.of(
                new ScoredCaption("a cat", List.of("a cat sits", "cat")), new ScoredCaption("", List.of("a dog")));
        assertEquals(CaptionScores.ofTokenized(narrow), CaptionScores.ofTokenized(wide));
        double precision = (2 + 1e-15) / (2 + 1e-9); // 2 words of 2, none of the empty caption
        double brevity = Math.exp(1 - 1 / ((2 + 1e-15) / (3 + 1e-9)));
        assertEquals(
                precision * brevity, CaptionScores.ofTokenized(narrow).bleu().get(0), 1e-12);
    }

    /** Scores of the COCO reference, of the set and of each image. */
    @Test
    void scoresAreTheReferences() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(getClass().getResource("/caption-metrics/tokenized.json"));
        assertTrue(cases.size() >= 6);
        for (JsonNode one : cases) {
            List<ScoredCaption> captions = captions(one);
            CaptionScores scores = CaptionScores.ofTokenized(captions);
            JsonNode expected = one.get("expected");
            for (int n = 0; n < 4; n++) {
                assertEquals(
                        expected.get("bleu").get(n).asDouble(), scores.bleu().get(n), TOLERANCE, "BLEU-" + (n + 1));
            }
            assertEquals(expected.get("rouge_l").asDouble(), scores.rougeL(), TOLERANCE, "ROUGE-L");
            assertEquals(expected.get("cider").asDouble(), scores.cider(), 10 * TOLERANCE, "CIDEr");
            perImage(captions, expected.get("per_image"));
        }
    }

    private static void perImage(List<ScoredCaption> captions, JsonNode expected) {
        Cider cider = Cider.ofReferences(
                captions.stream().map(CaptionScoresTest::references).toList());
        for (int i = 0; i < captions.size(); i++) {
            List<String> hypothesis = List.of(captions.get(i).hypothesis().split(" "));
            List<List<String>> references = references(captions.get(i));
            assertEquals(
                    expected.get("bleu4").get(i).asDouble(),
                    Bleu.of(hypothesis, references).get(3),
                    TOLERANCE);
            assertEquals(expected.get("rouge_l").get(i).asDouble(), RougeL.of(hypothesis, references), TOLERANCE);
            assertEquals(expected.get("cider").get(i).asDouble(), cider.score(hypothesis, references), 10 * TOLERANCE);
        }
    }

    private static List<List<String>> references(ScoredCaption caption) {
        return caption.references().stream()
                .map(reference -> List.of(reference.split(" ")))
                .toList();
    }

    private static List<ScoredCaption> captions(JsonNode one) {
        List<ScoredCaption> out = new ArrayList<>();
        for (int i = 0; i < one.get("hypotheses").size(); i++) {
            out.add(new ScoredCaption(
                    one.get("hypotheses").get(i).asText(),
                    PtbTokenizerTest.strings(one.get("references").get(i))));
        }
        return out;
    }

    @Test
    void rawTextIsTokenizedFirst() {
        CaptionScores scores = CaptionScores.of(List.of(
                new ScoredCaption("A red dog.", List.of("a red dog")),
                new ScoredCaption("Blue cat!", List.of("blue cat"))));
        assertEquals(1, scores.rougeL(), 1e-9);
    }

    @Test
    void aHypothesisWithoutWordsScoresNothing() {
        CaptionScores scores = CaptionScores.of(
                List.of(new ScoredCaption("", List.of("a dog")), new ScoredCaption("...", List.of("a cat", "cats"))));
        assertEquals(0, scores.rougeL(), 0);
        assertEquals(0, scores.cider(), 0);
        assertEquals(0, scores.bleu().get(0), 1e-9);
    }

    @Test
    void noCaptionAndNoReferenceAreRefused() {
        var none = assertThrows(IllegalArgumentException.class, () -> CaptionScores.of(List.of()));
        assertEquals("CaptionScores: there must be at least 1 caption, got 0", none.getMessage());
        var bare = assertThrows(IllegalArgumentException.class, () -> new ScoredCaption("a dog", List.of()));
        assertTrue(bare.getMessage().contains("at least 1 reference"), bare.getMessage());
    }
}
