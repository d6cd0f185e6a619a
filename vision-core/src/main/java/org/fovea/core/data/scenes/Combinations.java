package org.fovea.core.data.scenes;

import java.util.random.RandomGenerator;

/** Combinations of color and shape that scenes may show: one shape of each color is held out. */
public enum Combinations {
    /** Only combinations that are not held out: for training and ordinary evaluation. */
    SEEN,
    /** At least one held-out combination: for testing whether a model composes what it knows. */
    HELD_OUT,
    /** Any combinations. */
    ALL;

    private static final int STRIDE = 3; // odd, so that every shape is held out with one color

    /** Returns whether training scenes never show this combination. */
    public static boolean isHeldOut(ObjectColor color, ObjectShape shape) {
        return (color.ordinal() * STRIDE + 1) % ObjectShape.values().length == shape.ordinal();
    }

    /** Draws a shape for an object of a color. */
    ObjectShape shape(ObjectColor color, boolean first, RandomGenerator random) {
        ObjectShape[] shapes = ObjectShape.values();
        ObjectShape heldOut = shapes[(color.ordinal() * STRIDE + 1) % shapes.length];
        if (this == HELD_OUT && first) {
            return heldOut;
        }
        ObjectShape out;
        do {
            out = shapes[random.nextInt(shapes.length)];
        } while (this == SEEN && out == heldOut);
        return out;
    }
}
