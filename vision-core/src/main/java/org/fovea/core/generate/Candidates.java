package org.fovea.core.generate;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.core.tensor.Tensor;

/** Tokens that may follow the text of a row: the model's scores of all words. */
final class Candidates {
    private final float[] logits;
    private final Optional<Tensor> attention;
    private double logSum = Double.NaN;

    /**
     * Creates the candidates of a row.
     *
     * @param all logits of all rows
     * @param attention attention weights of all rows, {@code [rows, layers, heads, M]}
     */
    Candidates(float[] all, int row, int vocabulary, Optional<Tensor> attention) {
        this.logits = Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary);
        this.attention = attention.map(a -> row(a, row));
    }

    private static Tensor row(Tensor all, int row) {
        int[] sizes = Arrays.copyOfRange(all.shape().toArray(), 1, all.shape().rank());
        int count = Math.toIntExact(all.shape().size() / all.shape().dim(0));
        float[] values = new float[count];
        all.buffer().asFloatBuffer().get(row * count, values);
        return Tensor.of(values, sizes);
    }

    int vocabulary() {
        return logits.length;
    }

    /** Logits of the row, in a new array. */
    float[] logits() {
        return logits.clone();
    }

    /** Log-probabilities of the row, in a new array. */
    float[] logProbabilities() {
        float[] out = new float[logits.length];
        double sum = logSum();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (logits[i] - sum);
        }
        return out;
    }

    /** Log-probability of a token under the model, before any rules. */
    double logProbability(int token) {
        return logits[token] - logSum();
    }

    private double logSum() {
        if (Double.isNaN(logSum)) {
            logSum = Scores.logSumExp(logits);
        }
        return logSum;
    }

    /** Attention weights of the row, {@code [layers, heads, M]}. */
    Optional<Tensor> attention() {
        return attention;
    }
}
