package org.fovea.vqa.model;

import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Record of where a model looked for an answer, as far as it tells.
 *
 * @param maps over the places, the whole first, then those of hops, heads or layers
 * @param words the weight of each token of the question; empty where the model tells none
 * @param wordMaps for each token of the question where it looked, {@code [rows, columns]} each; empty where the model tells none
 * @param pairs of places that mattered together, the most important first; empty but for relation networks
 */
public record Gaze(List<PlaceMap> maps, List<Double> words, List<Tensor> wordMaps, List<PlacePair> pairs) {
    /**
     * Weights of the places.
     *
     * @param name such as {@code hop 1}
     * @param weights {@code [rows, columns]}
     */
    public record PlaceMap(String name, Tensor weights) {}

    /**
     * Two places.
     *
     * @param first number of the place in the map of the whole, row by row
     * @param second likewise
     * @param weight at least 0
     */
    public record PlacePair(int first, int second, double weight) {}

    /** Copies the lists. */
    public Gaze {
        maps = List.copyOf(maps);
        words = List.copyOf(words);
        wordMaps = List.copyOf(wordMaps);
        pairs = List.copyOf(pairs);
    }

    /** The gaze of a model that does not look at places: a map of zeros. */
    static Gaze nowhere(Grid grid) {
        Tensor zeros = Tensor.of(new float[grid.places()], grid.rows(), grid.columns());
        return of(List.of(new PlaceMap("none", zeros)), List.of());
    }

    /** Maps and weights of words. */
    public static Gaze of(List<PlaceMap> maps, List<Double> words) {
        return new Gaze(maps, words, List.of(), List.of());
    }
}
