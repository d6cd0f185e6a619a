package org.fovea.core.data.scenes;

/**
 * Kind of scenes to generate.
 *
 * @param fewest minimum number of objects, at least 1
 * @param most maximum number of objects, from {@code fewest} to 8
 * @param overlap probability that a scene has one object behind another, from 0 to 1
 * @param aspect width divided by height, from 1/4 to 4
 */
public record SceneOptions(int fewest, int most, double overlap, double aspect, Combinations combinations) {
    private static final int MOST = 8;
    private static final double NARROWEST = 0.25;

    /** Checks the ranges. */
    public SceneOptions {
        if (fewest < 1 || most < fewest || most > MOST) {
            throw new IllegalArgumentException("SceneOptions: objects must be from 1 to " + MOST
                    + ", the fewest no more than the most, got " + fewest + " to " + most);
        }
        if (!(overlap >= 0 && overlap <= 1)) {
            throw new IllegalArgumentException("SceneOptions: overlap must be from 0 to 1, got " + overlap);
        }
        if (!(aspect >= NARROWEST && aspect <= 1 / NARROWEST)) {
            throw new IllegalArgumentException(
                    "SceneOptions: aspect must be from " + NARROWEST + " to " + 1 / NARROWEST + ", got " + aspect);
        }
    }

    /** Defaults: square pictures of one to five objects, a third of them with an overlap, combinations of training. */
    public static SceneOptions defaults() {
        return new SceneOptions(1, 5, 1.0 / 3, 1, Combinations.SEEN);
    }

    /** Copy with other combinations. */
    public SceneOptions with(Combinations other) {
        return new SceneOptions(fewest, most, overlap, aspect, other);
    }
}
