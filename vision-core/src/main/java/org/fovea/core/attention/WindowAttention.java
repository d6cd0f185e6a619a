package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.RelativeBias;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * Attention within windows of window x window tokens, softmax(q·kᵀ/√D + bias)·v with a learned bias for each offset between two
 * tokens. With a shift the grid is first rolled back by so many tokens, which moves the borders of the windows; tokens that only
 * the roll brought together do not see each other. Memory and time grow with H·W.
 *
 * <p>The maps to queries, keys and values are one product over all windows; windows with the same mask are attended to together,
 * so that a mask is one for each kind of window, whatever the size of the grid. A side that is no multiple of the window is
 * padded with zeros at its end. A side of one window or less is not shifted, as in the authors' code.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param window side of a window, in tokens
 * @param shift shift of the windows, from 0 to window - 1; the paper has window/2 in every other block
 * @param qkvBias whether the maps to queries, keys and values have biases
 * @param padding whether tokens attend to padding
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, section 3.2 and equation 4</a>
 */
public record WindowAttention(int heads, int window, int shift, boolean qkvBias, Padding padding)
        implements SelfAttention {
    /** Tokens that were added to fill a window. */
    public enum Padding {
        /** Padding is hidden from all tokens. */
        HIDDEN,
        /** Padding tokens are keys like others, as in the authors' code for detection and in Hugging Face transformers. */
        SEEN
    }

    /** Checks the sizes. */
    public WindowAttention {
        Check.positive("WindowAttention: heads", heads);
        Check.positive("WindowAttention: window", window);
        if (shift < 0 || shift >= window) {
            throw new IllegalArgumentException(
                    "WindowAttention: shift must be at least 0 and below the window, got " + shift + " and " + window);
        }
    }

    /** Creates attention with biases and hidden padding. */
    public WindowAttention(int heads, int window, int shift) {
        this(heads, window, shift, true, Padding.HIDDEN);
    }

    /**
     * Adds the mechanism and its weights: those of {@link org.fovea.core.nn.MultiHeadSelfAttention}, and {@code offsets} [(2·window
     * - 1)², heads], the bias of each offset (rows, then columns) from key to query, smallest first; a window is no larger than
     * the grid.
     *
     * @param x {@code [B, H, W, C]}
     * @param biases added to the scores of every window; each broadcasts to {@code [heads, L, L]}
     * @return values {@code [B, H, W, C]}, weights {@code [B, window rows, window columns, heads, L, L]} with L tokens per
     *     window, of the shifted grid
     * @throws IllegalArgumentException unless x has four axes and heads divide C
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        Images.checkGrid("WindowAttention", x, heads);
        int batch = x.shape().dim(0);
        int width = x.shape().dim(3);
        Windows windows = new Windows(
                WindowAxis.of(x.shape().dim(1), window, shift, padding),
                WindowAxis.of(x.shape().dim(2), window, shift, padding));
        Value cut = windows.cut(x); // [B·windows, L, C]
        Value qkv = new LinearLayer(3 * width, qkvBias).build(scope.child("qkv"), cut); // [B·windows, L, 3·C]
        Value bias = Stream.of(biases).reduce(bias(windows).build(scope), Value::add);
        AttentionOutput read = attend(scope, windows, batch, qkv, bias); // [B·windows, heads, L, D]
        Value joined = new LinearLayer(width, true).build(scope.child("output"), Heads.join(read.values()));
        int tokens = windows.tokens();
        return read.withValues(windows.join(joined, batch)).mapWeights(w -> windows.inOrder(w, batch)
                .reshape(batch, windows.rows().windows(), windows.columns().windows(), heads, tokens, tokens));
    }

    /** Relative bias of the windows of a grid, for {@link RelativeBias#prepared}. */
    public RelativeBias bias(int height, int width) {
        return bias(new Windows(
                WindowAxis.of(height, window, shift, padding), WindowAxis.of(width, window, shift, padding)));
    }

    private RelativeBias bias(Windows windows) {
        return RelativeBias.ofWindow(
                heads, window, windows.rows().window(), windows.columns().window());
    }

    private AttentionOutput attend(Scope scope, Windows windows, int batch, Value qkv, Value bias) {
        int width = qkv.shape().dim(2) / 3;
        Value[] parts = new Value[3];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Heads.split(qkv.slice(2, i * width, (i + 1) * width), heads); // [B·windows, heads, L, D]
        }
        ScaledDotProduct op = ScaledDotProduct.ofHeadWidth(width / heads);
        List<AttentionOutput> read = new ArrayList<>();
        int begin = 0;
        for (Windows.Kind kind : windows.kinds()) {
            int end = begin + batch * kind.count();
            read.add(op.build(
                    scope,
                    parts[0].slice(0, begin, end),
                    parts[1].slice(0, begin, end),
                    parts[2].slice(0, begin, end),
                    masked(bias, kind.rows().labels(), kind.columns().labels())));
            begin = end;
        }
        return Chunked.join(0, read.toArray(AttentionOutput[]::new));
    }

    /** Biases with -∞ between tokens of different labels: {@code [heads, L, L]}. */
    private static Value masked(Value bias, int[] rows, int[] columns) {
        int across = columns.length;
        boolean allSee = isUniform(rows) && isUniform(columns);
        int tokens = rows.length * across;
        return allSee
                ? bias
                : bias.add(Masks.where(
                        bias.graph(),
                        tokens,
                        tokens,
                        (q, k) -> rows[q / across] == rows[k / across] && columns[q % across] == columns[k % across]
                                ? 1
                                : 0));
    }

    private static boolean isUniform(int[] labels) {
        for (int label : labels) {
            if (label != labels[0]) {
                return false;
            }
        }
        return true;
    }
}
