package org.fovea.core.text;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of a text by their frequency, for vocabularies. */
public final class FrequentWords {
    private FrequentWords() {}

    /**
     * Words that occur often enough, the most frequent first, equally frequent ones in alphabetical order.
     *
     * @param words words, each as often as it occurs
     * @param minimum number of times that a word must occur
     */
    public static List<String> of(Stream<String> words, int minimum) {
        Map<String, Long> counts =
                words.collect(Collectors.groupingBy(word -> word, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimum)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
