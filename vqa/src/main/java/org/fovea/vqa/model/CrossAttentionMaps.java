package org.fovea.vqa.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;

/**
 * Maps of what the words of a question attend to in an image, from the weights of a Transformer's attention to it.
 *
 * @param outputs prefix of the outputs' names, before the layer's number: weights {@code [1, heads, T, M]}
 * @param layers number of the Transformer's layers
 * @param heads number of heads of each layer
 */
record CrossAttentionMaps(String outputs, int layers, int heads) {
    /**
     * Attention maps of the words, and their weighted mean.
     *
     * @param words weight of each word in the mean
     */
    Gaze gaze(Map<String, Tensor> all, List<Double> words, Grid grid) {
        List<Tensor> wordMaps = new ArrayList<>();
        double[] whole = new double[grid.places()];
        for (int word = 0; word < words.size(); word++) {
            double[] map = wordMap(all, word, grid.places());
            for (int i = 0; i < whole.length; i++) {
                whole[i] += words.get(word) * map[i];
            }
            wordMaps.add(tensor(map, grid));
        }
        return new Gaze(List.of(new Gaze.PlaceMap("all words", tensor(whole, grid))), words, wordMaps, List.of());
    }

    /** Attention of a word to each image position: the mean over layers and heads. */
    private double[] wordMap(Map<String, Tensor> all, int word, int places) {
        double[] out = new double[places];
        for (int layer = 0; layer < layers; layer++) {
            Tensor weights = all.get(outputs + layer);
            int tokens = weights.shape().dim(2);
            int memory = weights.shape().dim(3);
            float[] values = weights.toFloats();
            for (int head = 0; head < heads; head++) {
                int at = (head * tokens + word) * memory + memory - places; // the grid's positions come last
                for (int i = 0; i < places; i++) {
                    out[i] += values[at + i] / (layers * heads);
                }
            }
        }
        return out;
    }

    private static Tensor tensor(double[] map, Grid grid) {
        float[] out = new float[map.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) map[i];
        }
        return Tensor.of(out, grid.rows(), grid.columns());
    }
}
