package org.fovea.core.generate;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.fovea.core.tensor.Tensor;

/** A decoder whose scores are a function of the text, so that what generation should do with them can be worked out by hand. */
final class TableDecoder implements DecoderSession {
    private final Function<int[], float[]> scores;
    private final int vocabulary;
    private int[][] texts;

    TableDecoder(int rows, int vocabulary, Function<int[], float[]> scores) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.texts = new int[rows][0];
    }

    /** Scores drawn for each text, the same for the same text. */
    static Function<int[], float[]> random(int vocabulary, long seed) {
        return text -> {
            Random random = new Random(seed + 31L * Arrays.hashCode(text));
            float[] out = new float[vocabulary];
            for (int i = 0; i < vocabulary; i++) {
                out[i] = (float) (2 * random.nextGaussian());
            }
            return out;
        };
    }

    /** Scores that depend on the last token alone, a row for each. */
    static Function<int[], float[]> byLast(float[]... table) {
        return text -> table[text[text.length - 1]].clone();
    }

    @Override
    public int rows() {
        return texts.length;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public Tensor step(int[][] tokens) {
        float[] out = new float[rows() * vocabulary];
        for (int i = 0; i < rows(); i++) {
            int[] longer = Arrays.copyOf(texts[i], texts[i].length + tokens[i].length);
            System.arraycopy(tokens[i], 0, longer, texts[i].length, tokens[i].length);
            texts[i] = longer;
            System.arraycopy(scores.apply(longer), 0, out, i * vocabulary, vocabulary);
        }
        return Tensor.of(out, rows(), vocabulary);
    }

    @Override
    public void reorder(int... rows) {
        int[][] old = texts;
        texts = Arrays.stream(rows).mapToObj(row -> old[row].clone()).toArray(int[][]::new);
    }

    /** One layer, one head, two places: the last token and 1 less it. */
    @Override
    public Optional<Tensor> attention() {
        float[] out = new float[rows() * 2];
        for (int i = 0; i < rows(); i++) {
            out[2 * i] = texts[i][texts[i].length - 1];
            out[2 * i + 1] = 1 - out[2 * i];
        }
        return Optional.of(Tensor.of(out, rows(), 1, 1, 2));
    }

    @Override
    public void close() {}
}
