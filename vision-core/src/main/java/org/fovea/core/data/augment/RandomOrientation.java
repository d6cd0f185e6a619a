package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Orientation;

/**
 * Turns by quarters and mirrors, each of the eight ways alike: for things photographed from above, which have no upright.
 * Images that are not square change their shape.
 *
 * @param probability probability of a change, in [0, 1]
 */
public record RandomOrientation(double probability) implements Geometric {
    /** Checks the probability. */
    public RandomOrientation {
        Check.probability("RandomOrientation: probability", probability);
    }

    @Override
    public Geometry draw(int height, int width, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return Geometry.identity(height, width);
        }
        Orientation[] all = Orientation.values();
        return Geometry.orientation(all[random.nextInt(all.length)], height, width);
    }
}
