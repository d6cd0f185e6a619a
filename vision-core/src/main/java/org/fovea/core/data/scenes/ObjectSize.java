package org.fovea.core.data.scenes;

/** Size of an object. */
public enum ObjectSize {
    SMALL("small", 0.075),
    LARGE("large", 0.135);

    private final String word;
    private final double radius;

    ObjectSize(String word, double radius) {
        this.word = word;
        this.radius = radius;
    }

    /** Adjective that names the size. */
    public String word() {
        return word;
    }

    /** Mean radius, as a fraction of the picture's shorter side. */
    double radius() {
        return radius;
    }
}
