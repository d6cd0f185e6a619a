package org.fovea.core.generate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** A partial text: an earlier one and a token more, so that beams share their past. */
final class Hypothesis {
    private final Hypothesis earlier;
    private final int[] text;
    private final double logProbability;
    private final Tensor attention;
    private final int prompt;

    private Hypothesis(Hypothesis earlier, int[] text, double logProbability, Tensor attention, int prompt) {
        this.earlier = earlier;
        this.text = text;
        this.logProbability = logProbability;
        this.attention = attention;
        this.prompt = prompt;
    }

    static Hypothesis prompt(int[] tokens) {
        return new Hypothesis(null, tokens, 0, null, tokens.length);
    }

    /** This hypothesis continued by a token. */
    Hypothesis then(int token, Candidates from) {
        int[] longer = Arrays.copyOf(text, text.length + 1);
        longer[text.length] = token;
        return new Hypothesis(
                this, longer, from.logProbability(token), from.attention().orElse(null), prompt);
    }

    /** All tokens; must not be changed. */
    int[] text() {
        return text;
    }

    int length() {
        return text.length;
    }

    int last() {
        return text[text.length - 1];
    }

    double logProbability() {
        return logProbability;
    }

    TextGeneration finished(Optional<Double> score) {
        Deque<Double> logs = new ArrayDeque<>();
        Deque<Tensor> attentions = new ArrayDeque<>();
        for (Hypothesis at = this; at.earlier != null; at = at.earlier) {
            logs.addFirst(at.logProbability);
            if (at.attention != null) {
                attentions.addFirst(at.attention);
            }
        }
        double sum = logs.stream().mapToDouble(Double::doubleValue).sum();
        List<Integer> tokens = Arrays.stream(text).boxed().toList();
        return new TextGeneration(tokens, prompt, score.orElse(sum), List.copyOf(logs), List.copyOf(attentions));
    }
}
