package org.fovea.vqa.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Map of the places whose pairs mattered, and the pairs that mattered most.
 *
 * @param grid grid of positions
 */
record PairMaps(Grid grid) {
    private static final int MOST = 16; // number of pairs that are reported

    /**
     * Weights of the pairs: their fractions of the sum of absolute effects. A pair's weight is divided equally between its two
     * positions.
     *
     * @param effects effects of ordered pairs, {@code [positions · positions]}
     */
    Gaze gaze(float[] effects) {
        int count = grid.places();
        double all = 0;
        for (float effect : effects) {
            all += Math.abs(effect);
        }
        float[] map = new float[count];
        List<Gaze.PlacePair> pairs = new ArrayList<>();
        for (int i = 0; i < effects.length && all > 0; i++) {
            double share = Math.abs(effects[i]) / all;
            int first = i / count;
            int second = i % count;
            map[first] += (float) (share / 2);
            map[second] += (float) (share / 2);
            if (first < second) {
                double back = Math.abs(effects[second * count + first]) / all;
                pairs.add(new Gaze.PlacePair(first, second, share + back));
            }
        }
        Gaze.PlaceMap whole = new Gaze.PlaceMap("all pairs", Tensor.of(map, grid.rows(), grid.columns()));
        return new Gaze(List.of(whole), List.of(), List.of(), strongest(pairs));
    }

    private static List<Gaze.PlacePair> strongest(List<Gaze.PlacePair> pairs) {
        return pairs.stream()
                .sorted(Comparator.comparingDouble(pair -> -pair.weight()))
                .limit(MOST)
                .toList();
    }
}
