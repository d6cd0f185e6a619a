package org.fovea.captioning.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PtbTokenizerTest {
    private final PtbTokenizer tokenizer = new PtbTokenizer();

    /** The reference's own tokens of 25 captions. */
    @Test
    void tokensAreTheReferences() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(getClass().getResource("/caption-metrics/ptb.json"));
        assertTrue(cases.size() >= 25);
        for (JsonNode one : cases) {
            String text = one.get("text").asText();
            assertEquals(strings(one.get("all")), tokenizer.tokens(text), text);
            assertEquals(strings(one.get("kept")), tokenizer.words(text), text);
        }
    }

    @Test
    void anEmptyTextHasNoTokens() {
        assertEquals(List.of(), tokenizer.tokens(" \t\n"));
    }

    @Test
    void longRepetitionsTakeNoStack() {
        int times = 20_000;
        assertEquals(1, tokenizer.tokens("a-".repeat(times) + "a").size());
        assertEquals(1, tokenizer.tokens("u.".repeat(times)).size());
        assertEquals(1, tokenizer.tokens("a@b" + ".c".repeat(times)).size());
        assertEquals(201, tokenizer.tokens("dog" + "'s".repeat(200)).size());
        for (String part : List.of("1,", "A&", "'s ", "a'b")) {
            assertTrue(tokenizer.tokens(part.repeat(times)).size() > 0, part);
        }
    }

    @Test
    void possessivesOfPluralsEndInAnApostrophe() {
        assertEquals(List.of("two", "dogs", "'", "toys"), tokenizer.tokens("Two dogs' toys"));
    }

    static List<String> strings(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(node -> out.add(node.asText()));
        return out;
    }
}
