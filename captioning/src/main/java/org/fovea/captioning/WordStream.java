package org.fovea.captioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.tensor.Tensor;

/** Joins the tokens of the first text of one image to words, each reported when the next begins. */
final class WordStream {
    private final CaptionText text;
    private final int promptLength;
    private final WordListener listener;
    private final BiFunction<Captions, List<Tensor>, CaptionExplanation> explanation;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private final List<Tensor> attention = new ArrayList<>();
    private int told;

    /**
     * Creates a stream before the first token.
     *
     * @param explanation makes the explanation from captions and the attention of their new tokens
     */
    WordStream(
            CaptionText text,
            int[] prompt,
            WordListener listener,
            BiFunction<Captions, List<Tensor>, CaptionExplanation> explanation) {
        this.text = text;
        this.promptLength = prompt.length;
        this.listener = listener;
        this.explanation = explanation;
        Arrays.stream(prompt).forEach(tokens::add);
    }

    /** Listener that collects the tokens of a session's first image. */
    TokenListener listener(DecoderSession session) {
        return (image, number, token, logProbability) -> {
            if (number == 0) {
                tokens.add(token);
                logProbabilities.add(logProbability);
                session.attention().map(WordStream::firstRow).ifPresent(attention::add);
                TextGeneration soFar = new TextGeneration(tokens, promptLength, 0, logProbabilities, attention);
                tell(soFar, 1);
            }
        };
    }

    /** Reports the words that remain once the whole text is known. */
    void end(TextGeneration whole) {
        tell(whole, 0);
    }

    /** Reports words not yet reported, except for the last {@code open} ones, which may still grow. */
    private void tell(TextGeneration generation, int open) {
        Caption caption = text.caption(generation);
        int end = caption.words().size() - open;
        if (told >= end) {
            return;
        }
        Optional<CaptionExplanation> maps = generation.attention().isEmpty()
                ? Optional.empty()
                : Optional.of(explanation.apply(new Captions(List.of(caption)), generation.attention()));
        for (; told < end; told++) {
            int word = told;
            listener.word(word, caption.words().get(word), maps.map(all -> all.map(word)));
        }
    }

    /** First row of {@code [rows, layers, heads, M]}, as {@code [layers, heads, M]}. */
    private static Tensor firstRow(Tensor rows) {
        int[] shape = rows.shape().toArray();
        int[] one = Arrays.copyOfRange(shape, 1, shape.length);
        return Tensor.of(Arrays.copyOf(rows.toFloats(), one[0] * one[1] * one[2]), one);
    }
}
