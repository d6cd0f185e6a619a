package org.fovea.core.data.scenes;

/** Ground that the objects lie on. */
public enum Background {
    PLAIN("plain"),
    TILED("tiled"),
    WOODEN("wooden"),
    GRASSY("grassy");

    private final String word;

    Background(String word) {
        this.word = word;
    }

    /** Adjective that names the background, as in "on a wooden background". */
    public String word() {
        return word;
    }
}
