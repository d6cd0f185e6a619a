package org.fovea.vqa.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;

/**
 * Maps of a head that looks several times over: the mean of all hops and each of them.
 *
 * @param kind prefix of the outputs' names, before the hop's number; {@code [rows, M]} each
 * @param count number of hops
 */
record HopMaps(String kind, int count) {
    private static final String OUTPUT = "hops.";

    /** Outputs that {@link #gaze} reads. */
    Map<String, Value> outputs(AttentionOutput seen) {
        Map<String, Value> out = new LinkedHashMap<>();
        for (int hop = 0; hop < count; hop++) {
            out.put(OUTPUT + hop, seen.weights(kind + hop));
        }
        return out;
    }

    /** Attention weights of each hop, {@code [rows, 1, M]}. */
    List<Value> attention(AttentionOutput seen) {
        return IntStream.range(0, count)
                .mapToObj(hop -> seen.weights(kind + hop))
                .map(weights -> weights.reshape(
                        weights.shape().dim(0), 1, weights.shape().dim(-1)))
                .toList();
    }

    Gaze gaze(Map<String, Tensor> outputs, Grid grid) {
        float[] mean = new float[grid.places()];
        List<Gaze.PlaceMap> maps = new ArrayList<>();
        for (int hop = 0; hop < count; hop++) {
            float[] weights = outputs.get(OUTPUT + hop).toFloats();
            float[] map = new float[mean.length];
            for (int i = 0; i < map.length; i++) {
                map[i] = weights[weights.length - map.length + i]; // the grid's positions come last
                mean[i] += map[i] / count;
            }
            maps.add(new Gaze.PlaceMap("hop " + (hop + 1), Tensor.of(map, grid.rows(), grid.columns())));
        }
        maps.add(0, new Gaze.PlaceMap("all hops", Tensor.of(mean, grid.rows(), grid.columns())));
        return Gaze.of(maps, List.of());
    }
}
