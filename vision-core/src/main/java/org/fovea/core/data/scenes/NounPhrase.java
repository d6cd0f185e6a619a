package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Description of objects, such as "small red striped star". What is null is not said.
 *
 * @param shape shape; null for "object"
 */
record NounPhrase(ObjectSize size, ObjectColor color, ObjectTexture texture, ObjectShape shape) {
    private static final double SAY_SIZE = 0.35;
    private static final double SAY_COLOR = 0.85;
    private static final double SAY_TEXTURE = 0.6;

    /** Noun for an object of unspecified shape. */
    static final String ANY = "object";

    /** Description of an object by its shape and, at random, some of its other properties. */
    static NounPhrase of(SceneObject o, RandomGenerator random) {
        boolean textured = o.texture() != ObjectTexture.PLAIN;
        return new NounPhrase(
                random.nextDouble() < SAY_SIZE ? o.size() : null,
                random.nextDouble() < SAY_COLOR ? o.color() : null,
                textured && random.nextDouble() < SAY_TEXTURE ? o.texture() : null,
                o.shape());
    }

    /** Returns whether this description fits an object. */
    boolean matches(SceneObject o) {
        return (size == null || size == o.size())
                && (color == null || color == o.color())
                && (texture == null || texture == o.texture())
                && (shape == null || shape == o.shape());
    }

    /** Indices of the objects that this description fits. */
    List<Integer> in(Scene scene) {
        return scene.where(this::matches);
    }

    /** Adjectives and noun. */
    List<String> words(boolean plural) {
        List<String> out = new ArrayList<>();
        out.add(size == null ? null : size.word());
        out.add(color == null ? null : color.word());
        out.add(texture == null ? null : texture.word());
        out.add(shape == null ? plural ? ANY + "s" : ANY : plural ? shape.plural() : shape.word());
        return out.stream().filter(Objects::nonNull).toList();
    }

    /** Description as text. */
    String text(boolean plural) {
        return String.join(" ", words(plural));
    }

    /** Description with its article: "a red star", "an orange ring". */
    String withArticle() {
        String text = text(false);
        return article(text) + " " + text;
    }

    static String article(String next) {
        return "aeiou".indexOf(next.charAt(0)) >= 0 ? "an" : "a";
    }
}
