package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.tensor.Tensor;

/**
 * Attention within windows of window x window tokens, softmax(q·kᵀ/√D + bias)·v with a learned bias for each offset between two
 * tokens. With a shift the grid is first rolled back by so many tokens, which moves the borders of the windows; tokens that only
 * the roll brought together do not see each other. Memory and time grow with H·W.
 *
 * <p>Windows with the same mask are attended to together, so that a mask is one for each kind of window, whatever the size of
 * the grid. A side that is no multiple of the window is padded at its end; the padding is hidden, a departure from the
 * authors' code for detection, where it is seen. A side of one window or less is not shifted, as in that code.
 *
 * @param heads divides the width of the tokens
 * @param window side of a window, in tokens
 * @param shift 0 or up to window - 1; the paper has window/2 in every other block
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, section 3.2 and equation 4</a>
 */
public record WindowAttention(int heads, int window, int shift) implements SelfAttention {
    /** Checks the sizes. */
    public WindowAttention {
        Check.positive("WindowAttention: heads", heads);
        Check.positive("WindowAttention: window", window);
        if (shift < 0 || shift >= window) {
            throw new IllegalArgumentException(
                    "WindowAttention: shift must be at least 0 and below the window, got " + shift + " and " + window);
        }
    }

    /**
     * Adds the mechanism and its weights: those of {@link MultiHeadSelfAttention}, and {@code offsets} [heads, (2·window -
     * 1)²], the bias of each offset (rows, then columns) from key to query, smallest first; a side of fewer tokens than the
     * window counts as the window.
     *
     * @param x {@code [B, H, W, C]}
     * @param biases added to the scores of every window; each broadcasts to {@code [B·windows, heads, L, L]}
     * @return values {@code [B, H, W, C]}, weights {@code [B, window rows, window columns, heads, L, L]} with L tokens a
     *     window, of the rolled grid
     * @throws IllegalArgumentException when x has not four axes or heads do not divide C
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        Images.checkGrid("WindowAttention", x, heads);
        Windows windows = new Windows(
                WindowAxis.of(x.shape().dim(1), window, shift),
                WindowAxis.of(x.shape().dim(2), window, shift));
        Value cut = windows.cut(x); // [B, rows, columns, L, C]
        Value bias = Stream.of(biases).reduce(offsets(scope, windows), Value::add);
        List<AttentionOutput> lines = new ArrayList<>();
        for (WindowAxis.Run rows : windows.rows().runs()) {
            List<AttentionOutput> line = new ArrayList<>();
            for (WindowAxis.Run columns : windows.columns().runs()) {
                Value part = cut.slice(1, rows.begin(), rows.end()).slice(2, columns.begin(), columns.end());
                line.add(attend(scope, part, masked(bias, rows.labels(), columns.labels())));
            }
            lines.add(Portions.join(2, line.toArray(AttentionOutput[]::new)));
        }
        AttentionOutput all = Portions.join(1, lines.toArray(AttentionOutput[]::new));
        return all.withValues(windows.join(all.values()));
    }

    /** Windows of one kind, {@code [B, rows, columns, L, C]}. */
    private AttentionOutput attend(Scope scope, Value part, Value bias) {
        int[] s = part.shape().toArray();
        AttentionOutput read = new MultiHeadSelfAttention(heads, true)
                .build(scope, part.reshape(s[0] * s[1] * s[2], s[3], s[4]), bias);
        return read.withValues(read.values().reshape(s))
                .mapWeights(w -> w.reshape(s[0], s[1], s[2], heads, s[3], s[3]));
    }

    /** The biases with -∞ between tokens of different labels: {@code [heads, L, L]}. */
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

    /** The learned bias of each pair of tokens of a window, {@code [heads, L, L]}. */
    private Value offsets(Scope scope, Windows windows) {
        Graph graph = scope.graph();
        int side = 2 * window - 1;
        int across = windows.columns().window();
        int tokens = windows.tokens();
        int[] index = new int[tokens * tokens];
        for (int q = 0; q < tokens; q++) {
            for (int k = 0; k < tokens; k++) {
                int down = q / across - k / across + window - 1;
                int right = q % across - k % across + window - 1;
                index[q * tokens + k] = down * side + right;
            }
        }
        return scope.parameter("offsets", heads, side * side)
                .gather(1, graph.constant(Tensor.of(index, tokens, tokens)));
    }
}
