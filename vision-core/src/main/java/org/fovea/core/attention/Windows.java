package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * A grid of tokens cut into windows, and back. Windows of one kind, in which the same tokens belong together, follow each other,
 * those of all images together, so that each kind is attended to at once.
 *
 * @param rows how the height is cut
 * @param columns how the width is cut
 */
record Windows(WindowAxis rows, WindowAxis columns) {
    /** Windows of one kind: those in a run of rows and a run of columns. */
    record Kind(WindowAxis.Run rows, WindowAxis.Run columns) {
        /** Windows of this kind in one image. */
        int count() {
            return (rows.end() - rows.begin()) * (columns.end() - columns.begin());
        }
    }

    /** Tokens of a window. */
    int tokens() {
        return rows.window() * columns.window();
    }

    /** Windows of an image. */
    int count() {
        return rows.windows() * columns.windows();
    }

    /** Kinds of windows, in their order. */
    List<Kind> kinds() {
        List<Kind> out = new ArrayList<>();
        for (WindowAxis.Run down : rows.runs()) {
            for (WindowAxis.Run across : columns.runs()) {
                out.add(new Kind(down, across));
            }
        }
        return out;
    }

    /** {@code [B, H, W, C]}, padded with zeros, to {@code [B·windows, tokens, C]}. */
    Value cut(Value x) {
        Value at = padded(padded(x, 1, rows), 2, columns);
        int[] s = at.shape().toArray();
        return at.reshape(s[0] * s[1] * s[2], s[3])
                .gather(0, at.graph().constant(Tensor.of(sources(s[0]), s[0] * s[1] * s[2])))
                .reshape(s[0] * count(), tokens(), s[3]);
    }

    /** Inverse of {@link #cut}. */
    Value join(Value windows, int batch) {
        int channels = windows.shape().dim(2);
        int[] from = inverse(sources(batch));
        Value x = windows.reshape(from.length, channels)
                .gather(0, windows.graph().constant(Tensor.of(from, from.length)))
                .reshape(batch, rows.padded(), columns.padded(), channels);
        return x.slice(1, 0, rows.size()).slice(2, 0, columns.size()); // [B, H, W, C]
    }

    /** Something of each window, {@code [B·windows, ...]}, to the order of images, then rows and columns of windows. */
    Value inOrder(Value each, int batch) {
        List<Integer> order = order(batch);
        int[] place = new int[order.size()];
        for (int i = 0; i < place.length; i++) {
            place[order.get(i)] = i;
        }
        return each.gather(0, each.graph().constant(Tensor.of(place, place.length)));
    }

    /** Windows by their kinds: each is image·windows + row·columns + column. */
    private List<Integer> order(int batch) {
        List<Integer> out = new ArrayList<>();
        for (Kind kind : kinds()) {
            for (int b = 0; b < batch; b++) {
                for (int r = kind.rows().begin(); r < kind.rows().end(); r++) {
                    for (int c = kind.columns().begin(); c < kind.columns().end(); c++) {
                        out.add((b * rows.windows() + r) * columns.windows() + c);
                    }
                }
            }
        }
        return out;
    }

    /** For each token of each window the token of the padded grids it is. */
    private int[] sources(int batch) {
        int[] out = new int[batch * rows.padded() * columns.padded()];
        int at = 0;
        for (int window : order(batch)) {
            int image = window / count();
            int top = window % count() / columns.windows() * rows.window();
            int left = window % columns.windows() * columns.window();
            for (int i = 0; i < tokens(); i++) {
                int y = (top + i / columns.window() + rows.shift()) % rows.padded();
                int x = (left + i % columns.window() + columns.shift()) % columns.padded();
                out[at++] = (image * rows.padded() + y) * columns.padded() + x;
            }
        }
        return out;
    }

    private static int[] inverse(int[] sources) {
        int[] out = new int[sources.length];
        for (int i = 0; i < out.length; i++) {
            out[sources[i]] = i;
        }
        return out;
    }

    private static Value padded(Value x, int axis, WindowAxis how) {
        int more = how.padded() - how.size();
        return more == 0 ? x : x.pad(axis, 0, more);
    }
}
