package org.fovea.core.generate;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * A text that was generated.
 *
 * @param tokens the prompt's and the new ones, the end token included where it was reached
 * @param promptLength number of tokens of the prompt
 * @param score of beam search: the sum of the scores of the new tokens over length^penalty; else the sum of {@code
 *     logProbabilities}
 * @param logProbabilities the model's own of each new token, before any rule
 * @param attention to the memory of each new token, {@code [layers, heads, M]}; empty where it was not asked for
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
     * Texts as rows of one tensor.
     *
     * @param filling stands after the end of those that are shorter
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
