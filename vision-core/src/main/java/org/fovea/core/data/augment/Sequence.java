package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/** Several changes, one after the other. */
record Sequence(List<Augmentation> steps) implements Augmentation {
    Sequence {
        steps = List.copyOf(steps);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        RgbImage out = image;
        for (Augmentation step : steps) {
            out = step.apply(out, random);
        }
        return out;
    }
}
