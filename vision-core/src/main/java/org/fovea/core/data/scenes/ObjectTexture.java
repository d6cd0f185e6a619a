package org.fovea.core.data.scenes;

/** Pattern on an object. */
public enum ObjectTexture {
    PLAIN("plain"),
    STRIPED("striped"),
    DOTTED("dotted"),
    CHECKERED("checkered");

    private final String word;

    ObjectTexture(String word) {
        this.word = word;
    }

    /** Adjective that names the texture. */
    public String word() {
        return word;
    }
}
