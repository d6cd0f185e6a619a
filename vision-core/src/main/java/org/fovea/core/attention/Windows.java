package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/**
 * A grid of tokens cut into windows, and back.
 *
 * @param rows how the height is cut
 * @param columns how the width is cut
 */
record Windows(WindowAxis rows, WindowAxis columns) {
    /** Tokens of a window. */
    int tokens() {
        return rows.window() * columns.window();
    }

    /** {@code [B, H, W, C]}, padded and rolled, to {@code [B, window rows, window columns, tokens, C]}. */
    Value cut(Value x) {
        Value at = rolled(padded(x, 1, rows), 1, rows.shift());
        at = rolled(padded(at, 2, columns), 2, columns.shift());
        int batch = x.shape().dim(0);
        int channels = x.shape().dim(3);
        return at.reshape(batch, rows.windows(), rows.window(), columns.windows(), columns.window(), channels)
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(batch, rows.windows(), columns.windows(), tokens(), channels);
    }

    /** The way back. */
    Value join(Value windows) {
        int batch = windows.shape().dim(0);
        int channels = windows.shape().dim(4);
        Value x = windows.reshape(batch, rows.windows(), columns.windows(), rows.window(), columns.window(), channels)
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(batch, rows.padded(), columns.padded(), channels);
        x = rolled(x, 1, rows.padded() - rows.shift());
        x = rolled(x, 2, columns.padded() - columns.shift());
        return x.slice(1, 0, rows.size()).slice(2, 0, columns.size()); // [B, H, W, C]
    }

    private static Value padded(Value x, int axis, WindowAxis how) {
        int more = how.padded() - how.size();
        return more == 0 ? x : x.pad(axis, 0, more);
    }

    /** Element i becomes what element i + by was, around the end. */
    private static Value rolled(Value x, int axis, int by) {
        int size = x.shape().dim(axis);
        return by % size == 0 ? x : x.slice(axis, by, size).concat(axis, x.slice(axis, 0, by));
    }
}
