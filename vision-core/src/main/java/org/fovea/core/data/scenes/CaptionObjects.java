package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.List;

/** Objects that the words of any caption name, such as one that a model wrote. */
public final class CaptionObjects {
    private CaptionObjects() {}

    /**
     * Finds the objects that each word names: the words of a description, such as "small red star", name the objects of the
     * scene that fit all of it.
     *
     * @return indices of objects for each word; empty if a description fits none, null for words that describe nothing
     */
    public static List<List<Integer>> of(Scene scene, List<String> words) {
        List<List<Integer>> out = new ArrayList<>();
        int first = 0;
        while (first < words.size()) {
            int end = first;
            while (end < words.size() && Vocabulary.isContent(words.get(end))) {
                end++;
            }
            if (end == first) {
                out.add(null);
                first++;
                continue;
            }
            List<Integer> named = Vocabulary.phrase(words.subList(first, end))
                    .map(phrase -> phrase.in(scene))
                    .orElse(List.of());
            for (; first < end; first++) {
                out.add(named);
            }
        }
        return out;
    }
}
