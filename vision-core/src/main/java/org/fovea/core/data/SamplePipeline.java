package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;

/** Prepares one decoded image as a model's input; thread-safe, and the same for the same state of the generator. */
public interface SamplePipeline {
    /** Shape of the result, {@code [C, H, W]}. */
    Shape shape();

    /**
     * Writes the result at the buffer's position, which advances.
     *
     * @param random the only source of randomness
     */
    void write(RgbImage image, RandomGenerator random, FloatBuffer target);

    /** Preprocessing steps of a checkpoint, without randomness: for evaluation. */
    static SamplePipeline of(ImageProcessor processor) {
        Shape shape = Shape.of(processor.channels(), processor.height(), processor.width());
        return new SamplePipeline() {
            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public void write(RgbImage image, RandomGenerator random, FloatBuffer target) {
                processor.processInto(image, target);
            }
        };
    }
}
