package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Orientation;

/**
 * Mirrors left and right.
 *
 * @param probability probability of mirroring, in [0, 1]; usually 0.5
 */
public record HorizontalFlip(double probability) implements Geometric {
    /** Checks the probability. */
    public HorizontalFlip {
        Check.probability("HorizontalFlip: probability", probability);
    }

    @Override
    public Geometry draw(int height, int width, RandomGenerator random) {
        return random.nextDouble() < probability
                ? Geometry.orientation(Orientation.MIRROR, height, width)
                : Geometry.identity(height, width);
    }
}
