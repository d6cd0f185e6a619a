package org.fovea.core.backend.onednn;

import java.util.ArrayList;
import java.util.List;

/** Fewer axes for the same pattern of broadcasting: neighbors that are all repeated, or all not, become one. */
final class JoinedAxes {
    private JoinedAxes() {}

    /**
     * Sizes of both operands with the fewest possible axes, at least one. An operand with one number per row, {@code [N, M]}
     * and {@code [N, 1]}, gets a leading axis: oneDNN recognizes that pattern as one number per channel.
     *
     * @param whole sizes of the operand that is not broadcast
     * @param part sizes of the other operand, of the same rank, each 1 or equal
     */
    static int[][] of(int[] whole, int[] part) {
        List<Integer> sizes = new ArrayList<>();
        List<Boolean> repeats = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == 1) {
                continue;
            }
            boolean repeated = part[i] == 1;
            int last = sizes.size() - 1;
            if (last >= 0 && repeats.get(last) == repeated) {
                sizes.set(last, Math.multiplyExact(sizes.get(last), whole[i]));
            } else {
                sizes.add(whole[i]);
                repeats.add(repeated);
            }
        }
        if (sizes.isEmpty()) {
            return new int[][] {{1}, {1}};
        }
        if (sizes.size() == 2 && repeats.get(1)) {
            sizes.add(0, 1);
            repeats.add(0, false);
        }
        int[] a = sizes.stream().mapToInt(s -> s).toArray();
        int[] b = new int[a.length];
        for (int i = 0; i < a.length; i++) {
            b[i] = repeats.get(i) ? 1 : a[i];
        }
        return new int[][] {a, b};
    }
}
