package org.fovea.core.data.scenes;

import java.util.List;
import java.util.OptionalInt;

/** Number words. */
final class Numbers {
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight");

    private Numbers() {}

    static String word(int number) {
        return WORDS.get(number);
    }

    /** Number that a word or digits denote; empty for other words. */
    static OptionalInt parse(String word) {
        int index = WORDS.indexOf(word);
        if (index >= 0) {
            return OptionalInt.of(index);
        }
        return word.matches("[0-9]{1,3}") ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
    }
}
