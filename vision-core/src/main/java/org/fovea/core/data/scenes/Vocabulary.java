package org.fovea.core.data.scenes;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Words that describe objects, understood in any order before the noun. */
final class Vocabulary {
    private Vocabulary() {}

    /** Description that the words form; empty if one is unknown or repeated, or the noun is missing. */
    static Optional<NounPhrase> phrase(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String noun = words.get(words.size() - 1);
        ObjectShape shape = find(
                ObjectShape.values(),
                noun,
                (s, w) -> s.word().equals(w) || s.plural().equals(w));
        if (shape == null
                && !List.of("object", "objects", "thing", "things", "shape", "shapes")
                        .contains(noun)) {
            return Optional.empty();
        }
        ObjectSize size = null;
        ObjectColor color = null;
        ObjectTexture texture = null;
        for (String word : words.subList(0, words.size() - 1)) {
            ObjectSize asSize =
                    find(ObjectSize.values(), word, (s, w) -> s.word().equals(w));
            ObjectColor asColor =
                    find(ObjectColor.values(), word, (c, w) -> c.word().equals(w));
            ObjectTexture asTexture =
                    find(ObjectTexture.values(), word, (t, w) -> t.word().equals(w));
            boolean twice = asSize != null && size != null
                    || asColor != null && color != null
                    || asTexture != null && texture != null;
            if (twice || asSize == null && asColor == null && asTexture == null) {
                return Optional.empty();
            }
            size = asSize == null ? size : asSize;
            color = asColor == null ? color : asColor;
            texture = asTexture == null ? texture : asTexture;
        }
        return Optional.of(new NounPhrase(size, color, texture, shape));
    }

    /** Returns whether a word describes objects. */
    static boolean isContent(String word) {
        return find(ObjectSize.values(), word, (s, w) -> s.word().equals(w)) != null
                || find(ObjectColor.values(), word, (c, w) -> c.word().equals(w)) != null
                || find(ObjectTexture.values(), word, (t, w) -> t.word().equals(w)) != null
                || phrase(List.of(word)).isPresent();
    }

    private static <T> T find(T[] values, String word, BiFunction<T, String, Boolean> isSaid) {
        for (T value : values) {
            if (isSaid.apply(value, word)) {
                return value;
            }
        }
        return null;
    }
}
