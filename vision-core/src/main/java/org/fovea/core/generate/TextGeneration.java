package org.fovea.core.generate;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * A text that was generated.
 *
 * @param tokens tokens of the prompt and the new ones, the end token included if it was reached
 * @param promptLength number of tokens of the prompt
 * @param score after beam search the sum of the scores of the new tokens divided by length^penalty; otherwise the sum of {@code
 *     logProbabilities}
 * @param logProbabilities log-probability of each new token under the model, before any rules
 * @param attention attention weights of each new token over the memory, {@code [layers, heads, M]}; empty if they were not
 *     requested
 */
public record TextGeneration(
        List<Integer> tokens, int promptLength, double score, List<Double> logProbabilities, List<Tensor> attention) {
    /** Copies the lists. */
    public TextGeneration {
        tokens = List.copyOf(tokens);
        logProbabilities = List.copyOf(logProbabilities);
        attention = List.copyOf(attention);
    }

    /** The tokens as an array, {@code [T]}. */
    public int[] ids() {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Combines texts as rows of a tensor.
     *
     * @param filling token that fills up shorter texts
     * @return {@code [texts, T]}, int32
     */
    public static Tensor sequences(List<TextGeneration> texts, int filling) {
        int longest = texts.stream().mapToInt(t -> t.tokens.size()).max().orElse(0);
        int[] out = new int[texts.size() * longest];
        Arrays.fill(out, filling);
        for (int i = 0; i < texts.size(); i++) {
            int[] ids = texts.get(i).ids();
            System.arraycopy(ids, 0, out, i * longest, ids.length);
        }
        return Tensor.of(out, texts.size(), longest);
    }

    /** The tokens after the prompt. */
    public List<Integer> newTokens() {
        return tokens.subList(promptLength, tokens.size());
    }
}
