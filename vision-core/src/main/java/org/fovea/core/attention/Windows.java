package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * A grid of tokens cut into windows, and back. Windows of one kind, in which the same tokens belong together, follow each other,
 * those of all images together, so that each kind is attended to at once.
 *
 * @param rows division of the height
 * @param columns division of the width
 */
record Windows(WindowAxis rows, WindowAxis columns) {
    /** Windows of one kind: those in a run of rows and a run of columns. */
    record Kind(WindowAxis.Run rows, WindowAxis.Run columns) {
        /** Number of windows of this kind in one image. */
        int count() {
            return (rows.end() - rows.begin()) * (columns.end() - columns.begin());
        }
    }

    /** Number of tokens of a window. */
    int tokens() {
        return rows.window() * columns.window();
    }

    /** Number of windows of an image. */
    int count() {
        return rows.windows() * columns.windows();
    }

    /** Kinds of windows, in the order in which they are stored. */
    List<Kind> kinds() {
        List<Kind> out = new ArrayList<>();
        for (WindowAxis.Run down : rows.runs()) {
            for (WindowAxis.Run across : columns.runs()) {
                out.add(new Kind(down, across));
            }
        }
        return out;
    }

    /** Partitions {@code [B, H, W, C]}, padded with zeros, into {@code [B·windows, tokens, C]}. */
    Value cut(Value x) {
        int[] s = x.shape().toArray();
        int real = s[0] * s[1] * s[2];
        int[] from = sources(s[0]);
        boolean padded = from.length > real;
        for (int i = 0; padded && i < from.length; i++) {
            from[i] = isReal(from[i]) ? ofReal(from[i]) : real; // index of the row of zeros after all tokens
        }
        Value rows = x.reshape(real, s[3]);
        Value all = padded ? rows.concat(0, x.graph().fill(0, 1, s[3])) : rows;
        return all.gather(0, x.graph().constant(Tensor.of(from, from.length))).reshape(s[0] * count(), tokens(), s[3]);
    }

    /** Inverse of {@link #cut}, without the padding. */
    Value join(Value windows, int batch) {
        int channels = windows.shape().dim(2);
        int[] place = inverse(sources(batch));
        int[] from = IntStream.range(0, place.length)
                .filter(this::isReal)
                .map(i -> place[i])
                .toArray();
        return windows.reshape(place.length, channels)
                .gather(0, windows.graph().constant(Tensor.of(from, from.length)))
                .reshape(batch, rows.size(), columns.size(), channels); // [B, H, W, C]
    }

    /** Returns whether a token of the padded grids is not padding. */
    private boolean isReal(int padded) {
        return padded / columns.padded() % rows.padded() < rows.size() && padded % columns.padded() < columns.size();
    }

    /** Index among the unpadded tokens of a token of the padded grids. */
    private int ofReal(int padded) {
        int image = padded / (rows.padded() * columns.padded());
        int y = padded / columns.padded() % rows.padded();
        return (image * rows.size() + y) * columns.size() + padded % columns.padded();
    }

    /** Reorders values of each window, {@code [B·windows, ...]}, by image, then by row and column of windows. */
    Value inOrder(Value each, int batch) {
        List<Integer> order = order(batch);
        int[] place = new int[order.size()];
        for (int i = 0; i < place.length; i++) {
            place[order.get(i)] = i;
        }
        return each.gather(0, each.graph().constant(Tensor.of(place, place.length)));
    }

    /** Windows in the order in which they are stored, by kind; each is image·windows + row·columns + column. */
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

    /** Index in the padded grids of each token of each window. */
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
}
