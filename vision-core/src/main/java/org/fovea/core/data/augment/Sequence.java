package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/** Several changes, one after the other. */
record Sequence(List<Augmentation> steps) implements Augmentation {
    Sequence {
        steps = List.copyOf(steps);
    }

    @Override
    public AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        AnnotatedImage out = sample;
        for (Augmentation step : steps) {
            out = step.apply(out, random);
        }
        return out;
    }
}
