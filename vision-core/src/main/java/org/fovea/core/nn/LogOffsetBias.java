package org.fovea.core.nn;

import java.util.function.Function;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Bias of each pair of places of a grid, computed from how far apart they are: a two-layer map of the offset's sign(d)·ln(1 + |d|)
 * along both axes. Pairs with a token before the grid have none.
 *
 * <p>A graph in {@link Mode#INFERENCE} asks for the biases already computed, {@code pair_biases} [1, heads, N, N]; {@link #pairs}
 * makes them.
 *
 * @param heads number of heads of the attention
 * @param hidden hidden channels of the network
 * @param prefix number of tokens before the grid
 * @param rows of the grid
 * @param columns of the grid
 * @see <a href="https://arxiv.org/abs/2111.09883">Liu et al. 2022, section 3.3, log-spaced continuous position bias</a>;
 *     offsets are not rescaled here, like in timm's {@code vit_relpos}
 */
public record LogOffsetBias(int heads, int hidden, int prefix, int rows, int columns) {
    /** Name of the precomputed biases below the scope. */
    public static final String PAIRS = "pair_biases";

    /** Checks the sizes. */
    public LogOffsetBias {
        Check.positive("LogOffsetBias: heads", heads);
        Check.positive("LogOffsetBias: hidden", hidden);
    }

    /**
     * Adds the network and its weights {@code in} [hidden, 2] and {@code out} [heads, hidden], or the precomputed biases.
     *
     * @return {@code [1, heads, N, N]}
     */
    public Value build(Scope scope) {
        int n = tokens();
        if (scope.mode() == Mode.INFERENCE) {
            return scope.parameter(PAIRS, 1, heads, n, n);
        }
        Value offsets = scope.graph().constant(Tensor.of(offsets(), offsetCount(), 2));
        Value h =
                new LinearLayer(hidden, true).build(scope.child("in"), offsets).relu();
        Value table = new LinearLayer(heads, true).build(scope.child("out"), h); // [offsets, heads]
        Value withNone = table.concat(0, scope.graph().fill(0, 1, heads));
        return withNone.gather(0, scope.graph().constant(Tensor.of(index(), n, n))) // [N, N, heads]
                .permute(2, 0, 1)
                .reshape(1, heads, n, n);
    }

    /**
     * Precomputes the biases.
     *
     * @param learned supplies the network's weights by their names below the scope
     */
    public Tensor pairs(Function<String, Tensor> learned) {
        double[] inWeight = learned.apply("in.weight").toDoubles();
        double[] inBias = learned.apply("in.bias").toDoubles();
        double[] outWeight = learned.apply("out.weight").toDoubles();
        double[] outBias = learned.apply("out.bias").toDoubles();
        float[] offsets = offsets();
        float[][] table = new float[heads][offsetCount() + 1]; // the last entry is for pairs without a bias
        double[] h = new double[hidden];
        for (int i = 0; i < offsetCount(); i++) {
            for (int j = 0; j < hidden; j++) {
                double sum = inBias[j] + inWeight[2 * j] * offsets[2 * i] + inWeight[2 * j + 1] * offsets[2 * i + 1];
                h[j] = Math.max(0, sum);
            }
            for (int head = 0; head < heads; head++) {
                double sum = outBias[head];
                for (int j = 0; j < hidden; j++) {
                    sum += outWeight[head * hidden + j] * h[j];
                }
                table[head][i] = (float) sum;
            }
        }
        int[] index = index();
        float[] out = new float[heads * index.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = table[i / index.length][index[i % index.length]];
        }
        return Tensor.of(out, 1, heads, tokens(), tokens());
    }

    /** Number of tokens, N. */
    public int tokens() {
        return prefix + rows * columns;
    }

    private int offsetCount() {
        return (2 * rows - 1) * (2 * columns - 1);
    }

    /** Offsets {@code [offsets, 2]}, rows then columns, the smallest first. */
    private float[] offsets() {
        float[] out = new float[2 * offsetCount()];
        for (int i = 0; i < offsetCount(); i++) {
            out[2 * i] = logarithm(i / (2 * columns - 1) - rows + 1);
            out[2 * i + 1] = logarithm(i % (2 * columns - 1) - columns + 1);
        }
        return out;
    }

    private static float logarithm(int offset) {
        return (float) (Math.signum(offset) * Math.log(1 + Math.abs(offset)));
    }

    /** Index of the offset of each pair of tokens: position of the query minus that of the key. */
    private int[] index() {
        int n = tokens();
        int[] out = new int[n * n];
        for (int i = 0; i < out.length; i++) {
            int q = i / n - prefix;
            int k = i % n - prefix;
            int down = q / columns - k / columns + rows - 1;
            int right = q % columns - k % columns + columns - 1;
            out[i] = q < 0 || k < 0 ? offsetCount() : down * (2 * columns - 1) + right;
        }
        return out;
    }
}
