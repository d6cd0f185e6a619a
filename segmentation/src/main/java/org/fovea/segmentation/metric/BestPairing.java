package org.fovea.segmentation.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.segmentation.metric.InstanceMatching.Pair;

/**
 * The pairing of objects with the most pairs at or above a threshold, and of those the greatest sum of IoU. Objects that overlap,
 * directly or through others, are paired on their own, each such group by the Hungarian method.
 *
 * @see <a href="https://doi.org/10.1002/nav.3800020109">Kuhn 1955</a>
 */
final class BestPairing {
    private BestPairing() {}

    static List<Pair> of(List<Pair> pairs, int trueObjects, int predictedObjects, double threshold) {
        // so large that one more pair outweighs all IoU together
        double unit = 2.0 * Math.max(1, Math.min(trueObjects, predictedObjects));
        List<Pair> out = new ArrayList<>();
        for (List<Pair> group : groups(pairs, trueObjects, predictedObjects)) {
            out.addAll(paired(group, pair -> (pair.iou() >= threshold ? 1 : 0) + pair.iou() / unit));
        }
        return out;
    }

    private interface Gain {
        double of(Pair pair);
    }

    private static Iterable<List<Pair>> groups(List<Pair> pairs, int trueObjects, int predictedObjects) {
        int[] parents = new int[trueObjects + predictedObjects];
        Arrays.setAll(parents, i -> i);
        pairs.forEach(p -> parents[root(parents, p.truth())] = root(parents, trueObjects + p.predicted()));
        Map<Integer, List<Pair>> out = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            out.computeIfAbsent(root(parents, pair.truth()), key -> new ArrayList<>())
                    .add(pair);
        }
        return out.values();
    }

    private static int root(int[] parents, int of) {
        int at = of;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private static List<Pair> paired(List<Pair> group, Gain gain) {
        if (group.size() == 1) {
            return group;
        }
        Map<Integer, Integer> rows = new HashMap<>();
        Map<Integer, Integer> columns = new HashMap<>();
        group.forEach(pair -> {
            rows.putIfAbsent(pair.truth(), rows.size());
            columns.putIfAbsent(pair.predicted(), columns.size());
        });
        int size = Math.max(rows.size(), columns.size());
        double[][] costs = new double[size][size];
        Pair[][] at = new Pair[size][size];
        for (Pair pair : group) {
            int r = rows.get(pair.truth());
            int c = columns.get(pair.predicted());
            costs[r][c] = -gain.of(pair);
            at[r][c] = pair;
        }
        int[] columnOf = assign(costs);
        List<Pair> out = new ArrayList<>();
        for (int r = 0; r < size; r++) {
            if (at[r][columnOf[r]] != null) {
                out.add(at[r][columnOf[r]]);
            }
        }
        return out;
    }

    /** Column of each row that minimizes the sum of a square cost matrix: shortest augmenting paths with potentials. */
    static int[] assign(double[][] costs) {
        int n = costs.length;
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[n + 1];
        int[] rowOf = new int[n + 1]; // by column; rows and columns count from 1, 0 for none
        for (int row = 1; row <= n; row++) {
            augment(costs, row, rowPotential, columnPotential, rowOf);
        }
        int[] out = new int[n];
        for (int column = 1; column <= n; column++) {
            out[rowOf[column] - 1] = column - 1;
        }
        return out;
    }

    private static void augment(double[][] costs, int row, double[] u, double[] v, int[] rowOf) {
        int n = costs.length;
        double[] least = new double[n + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int[] before = new int[n + 1];
        boolean[] done = new boolean[n + 1];
        rowOf[0] = row;
        int at = 0;
        while (rowOf[at] != 0) {
            done[at] = true;
            int next = 0;
            double step = Double.POSITIVE_INFINITY;
            for (int j = 1; j <= n; j++) {
                if (!done[j]) {
                    double reduced = costs[rowOf[at] - 1][j - 1] - u[rowOf[at]] - v[j];
                    if (reduced < least[j]) {
                        least[j] = reduced;
                        before[j] = at;
                    }
                    if (least[j] < step) {
                        step = least[j];
                        next = j;
                    }
                }
            }
            for (int j = 0; j <= n; j++) {
                if (done[j]) {
                    u[rowOf[j]] += step;
                    v[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            at = next;
        }
        while (at != 0) {
            rowOf[at] = rowOf[before[at]];
            at = before[at];
        }
    }
}
