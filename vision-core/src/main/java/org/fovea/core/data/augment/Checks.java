package org.fovea.core.data.augment;

/** What the settings of augmentations have in common. */
final class Checks {
    private Checks() {}

    static void probability(String owner, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(owner + ": probability must lie in [0, 1], got " + p);
        }
    }

    /** A strength that is at least 0 and finite. */
    static void strength(String owner, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(owner + ": " + name + " must be at least 0 and finite, got " + value);
        }
    }

    /** A range of positive numbers. */
    static void range(String owner, String name, double least, double most) {
        if (!(least > 0 && most >= least && most < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(owner + ": " + name + " must be a range of positive numbers, the least"
                    + " first, got " + least + " to " + most);
        }
    }

    static void pixels(String owner, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    owner + ": height and width must be at least 1, got " + height + " x " + width);
        }
    }
}
