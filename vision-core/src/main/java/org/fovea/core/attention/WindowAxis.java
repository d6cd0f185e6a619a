package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One axis of a grid cut into windows, after padding it to a multiple of the window and rolling it back by the shift: which
 * tokens of a window belong together, and which windows are alike in that.
 */
record WindowAxis(int size, int window, int shift, WindowAttention.Padding kind) {
    private static final int WRAPPED = 1;
    private static final int PADDING = 2;

    /** Windows with the same labels: from {@code begin} to before {@code end}; a label for each token of such a window. */
    record Run(int begin, int end, int[] labels) {}

    /** Creates an axis whose window is at most the size, without a shift if one window holds everything. */
    static WindowAxis of(int size, int window, int shift, WindowAttention.Padding kind) {
        return size <= window ? new WindowAxis(size, size, 0, kind) : new WindowAxis(size, window, shift, kind);
    }

    /** The number of windows. */
    int windows() {
        return (size + window - 1) / window;
    }

    /** Size including padding. */
    int padded() {
        return windows() * window;
    }

    /** Runs of the windows: consecutive windows with the same labels are grouped. */
    List<Run> runs() {
        List<Run> out = new ArrayList<>();
        for (int i = 0; i < windows(); i++) {
            int[] labels = labels(i);
            Run last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last != null && Arrays.equals(last.labels, labels)) {
                out.set(out.size() - 1, new Run(last.begin, i + 1, labels));
            } else {
                out.add(new Run(i, i + 1, labels));
            }
        }
        return out;
    }

    private int[] labels(int index) {
        int[] out = new int[window];
        for (int i = 0; i < window; i++) {
            int rolled = index * window + i;
            boolean wrapped = rolled >= padded() - shift;
            boolean padding = kind == WindowAttention.Padding.HIDDEN && (rolled + shift) % padded() >= size;
            out[i] = padding ? PADDING : wrapped ? WRAPPED : 0;
        }
        return out;
    }
}
