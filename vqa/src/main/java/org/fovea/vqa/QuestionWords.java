package org.fovea.vqa;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.text.Tokenizer;

/**
 * From the tokens of a question to its words; special tokens belong to none.
 *
 * @param ids token ids of the question
 */
record QuestionWords(Tokenizer tokenizer, List<Integer> ids) {
    private static final String GOES_ON = "##"; // WordPiece's mark of a token that continues a word

    /**
     * Words with their weights.
     *
     * @param weights weights of the tokens; empty for equal ones
     */
    List<QuestionWord> of(List<Double> weights) {
        List<QuestionWord> words = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String token = tokenizer.token(ids.get(i));
            double weight = weights.isEmpty() ? 1 : weights.get(i);
            if (token.startsWith(GOES_ON) && !words.isEmpty()) {
                QuestionWord last = words.remove(words.size() - 1);
                String longer = last.text() + token.substring(GOES_ON.length());
                words.add(new QuestionWord(longer, last.weight() + weight, last.firstToken(), last.tokens() + 1));
            } else if (!isSpecial(ids.get(i))) {
                words.add(new QuestionWord(token, weight, i, 1));
            }
        }
        double sum = words.stream().mapToDouble(QuestionWord::weight).sum();
        return words.stream()
                .map(word -> new QuestionWord(
                        word.text(), sum > 0 ? word.weight() / sum : 0, word.firstToken(), word.tokens()))
                .toList();
    }

    private boolean isSpecial(int id) {
        return IntStream.concat(tokenizer.special().classification().stream(), tokenizer.special().separator().stream())
                .anyMatch(special -> special == id);
    }
}
