package org.fovea.vqa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.fovea.core.text.Tokenizer;

/**
 * From text to tokens.
 *
 * @param positions maximum number of tokens of a question
 */
record QuestionReader(Tokenizer tokenizer, int positions) {
    /** Punctuation to remove from an unknown word before it is reported. */
    private static final String PUNCTUATION = "^\\p{Punct}+|\\p{Punct}+$";

    /**
     * Reads a question about an image.
     *
     * @throws IllegalArgumentException when it is empty or too long
     */
    Query read(EmbeddedImage image, String question) {
        int[] ids = ids(question);
        return new Query(image, question, Arrays.stream(ids).boxed().toList(), unknown(question));
    }

    /** Token ids of a question, checked as in {@link #read}. */
    int[] ids(String question) {
        if (question.isBlank() || tokenizer.encodePlain(question).length == 0) {
            throw new IllegalArgumentException("ask: a question must have a word, got \"" + question + "\"");
        }
        int[] ids = tokenizer.encode(question);
        if (ids.length > positions) {
            throw new IllegalArgumentException("ask: a question must fit the model's " + positions
                    + " positions, got one of " + ids.length + " tokens, \"" + shown(question) + "\"; shorten it");
        }
        return ids;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private List<String> unknown(String question) {
        OptionalInt unknown = tokenizer.special().unknown();
        if (unknown.isEmpty()) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        for (String each : question.strip().split("\\s+")) {
            String word = each.replaceAll(PUNCTUATION, "");
            boolean known = Arrays.stream(tokenizer.encodePlain(word)).noneMatch(id -> id == unknown.getAsInt());
            if (!known && !out.contains(word)) {
                out.add(word);
            }
        }
        return out;
    }
}
