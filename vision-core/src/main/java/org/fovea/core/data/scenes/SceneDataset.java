package org.fovea.core.data.scenes;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.data.Dataset;

/**
 * Scenes with captions, drawn when they are asked for: the same index gives the same sample. Thread-safe.
 *
 * @param options options of the scenes
 * @param seed seed of all samples
 * @param size number of samples
 * @param pixels length of the pictures' shorter side, at least 16
 * @param captionsEach number of captions of a sample
 */
public record SceneDataset(SceneOptions options, long seed, int size, int pixels, int captionsEach)
        implements Dataset<SceneSample> {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // Steele et al. 2014, "Fast splittable PRNGs"

    /** Checks the sizes. */
    public SceneDataset {
        Check.positive("SceneDataset: size", size);
        Check.positive("SceneDataset: captions of each scene", captionsEach);
        Check.atLeast(16, "SceneDataset: pixels of the shorter side", pixels);
    }

    @Override
    public String name() {
        return "scenes of seed " + seed;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IndexOutOfBoundsException when the index lies outside
     */
    @Override
    public SceneSample get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(
                    "SceneDataset: the index must be from 0 to " + (size - 1) + ", got " + index);
        }
        return drawn(index);
    }

    /** Sample with any number, like {@link #get} without a limit: for training on new scenes without end. */
    public SceneSample drawn(long number) {
        RandomGenerator random = random(number);
        Scene scene = new SceneGenerator(options).scene(random.nextLong());
        return new SceneSample(
                scene,
                ScenePainter.paint(scene, pixels),
                Stream.generate(() -> CaptionWriter.write(scene, random))
                        .limit(captionsEach)
                        .toList());
    }

    /** Random generator of one sample. */
    RandomGenerator random(long number) {
        return new SplittableRandom(new SplittableRandom(seed * GOLDEN_GAMMA + number).nextLong());
    }
}
