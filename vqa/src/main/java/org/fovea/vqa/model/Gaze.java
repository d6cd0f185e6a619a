package org.fovea.vqa.model;

import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Record of where a model looked for an answer, as far as it tells.
 *
 * @param maps maps over the image positions: that of the whole model first, then those of hops, heads or layers
 * @param words weight of each token of the question; empty if the model has none
 * @param wordMaps attention map of each token of the question, {@code [rows, columns]} each; empty if the model has none
 * @param pairs pairs of positions that determined the answer, the most important first; only relation networks have them
 */
public record Gaze(List<PlaceMap> maps, List<Double> words, List<Tensor> wordMaps, List<PlacePair> pairs) {
    /**
     * Weights of the places.
     *
     * @param name name such as {@code hop 1}
     * @param weights {@code [rows, columns]}
     */
    public record PlaceMap(String name, Tensor weights) {}

    /**
     * Two places.
     *
     * @param first index of the position in the whole model's map, row by row
     * @param second index of the other position
     * @param weight importance, at least 0
     */
    public record PlacePair(int first, int second, double weight) {}

    /** Copies the lists. */
    public Gaze {
        maps = List.copyOf(maps);
        words = List.copyOf(words);
        wordMaps = List.copyOf(wordMaps);
        pairs = List.copyOf(pairs);
    }

    /** Gaze of a model that does not see the image: a map of zeros. */
    static Gaze nowhere(Grid grid) {
        Tensor zeros = Tensor.of(new float[grid.places()], grid.rows(), grid.columns());
        return of(List.of(new PlaceMap("none", zeros)), List.of());
    }

    /** Gaze with maps and weights of words only. */
    public static Gaze of(List<PlaceMap> maps, List<Double> words) {
        return new Gaze(maps, words, List.of(), List.of());
    }
}
