package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;

/** Augments, then normalizes; {@code [3, H, W]}. Without augmentations it serves evaluation on images of the right size. */
public final class TrainingPipeline implements SamplePipeline {
    private final Shape shape;
    private final Augmentation augmentation;
    private final float[][] tables;

    /**
     * Creates a pipeline whose augmentations end in images of the given size.
     *
     * @param height height of the result in pixels
     * @param width width of the result in pixels
     */
    public TrainingPipeline(int height, int width, List<Augmentation> augmentations, PixelNormalization normalization) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "TrainingPipeline: height and width must be at least 1, got " + height + " x " + width);
        }
        this.shape = Shape.of(3, height, width);
        this.augmentation = Augmentation.sequence(augmentations);
        this.tables = normalization.tables();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataSetException when the augmentations end in an image of another size
     */
    @Override
    public void write(RgbImage image, RandomGenerator random, FloatBuffer target) {
        RgbImage changed = augmentation.apply(image, random);
        if (changed.height() != shape.dim(1) || changed.width() != shape.dim(2)) {
            throw new DataSetException("TrainingPipeline: images must come out of the augmentations as "
                    + shape.dim(1) + " x " + shape.dim(2) + ", got " + changed
                    + "; add a RandomResizedCrop of that size");
        }
        PixelNormalization.write(changed, tables, target);
    }

    /** The size and the augmentations. */
    @Override
    public String toString() {
        return "TrainingPipeline[" + shape.dim(1) + " x " + shape.dim(2) + ", " + augmentation + "]";
    }
}
