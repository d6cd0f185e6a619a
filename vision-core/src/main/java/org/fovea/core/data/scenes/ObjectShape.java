package org.fovea.core.data.scenes;

/** Shape of an object. */
public enum ObjectShape {
    CIRCLE("circle", "circles"),
    SQUARE("square", "squares"),
    TRIANGLE("triangle", "triangles"),
    STAR("star", "stars"),
    CROSS("cross", "crosses"),
    RING("ring", "rings"),
    HEART("heart", "hearts"),
    DIAMOND("diamond", "diamonds");

    private final String word;
    private final String plural;

    ObjectShape(String word, String plural) {
        this.word = word;
        this.plural = plural;
    }

    /** Noun in the singular. */
    public String word() {
        return word;
    }

    /** Noun in the plural. */
    public String plural() {
        return plural;
    }
}
