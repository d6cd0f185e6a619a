package org.fovea.segmentation.train;

import java.util.Optional;
import org.fovea.core.data.DataSetException;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * An image with what is known of its pixels.
 *
 * @param name of the image, such as its path in the data set
 * @param classes class of each pixel; {@link #IGNORED} for ignored pixels
 * @param instances object of each pixel, 0 for none; empty if objects are not separated
 */
public record SegmentationSample(String name, RgbImage image, LabelMask classes, Optional<LabelMask> instances) {
    /** Class of ignored pixels. */
    public static final int IGNORED = 255;

    /**
     * Checks the sizes.
     *
     * @throws DataSetException when a mask has another size than the image
     */
    public SegmentationSample {
        check(name, image, classes);
        RgbImage pixels = image;
        instances.ifPresent(mask -> check(name, pixels, mask));
    }

    private static void check(String name, RgbImage image, LabelMask mask) {
        if (mask.height() != image.height() || mask.width() != image.width()) {
            throw new DataSetException(
                    name + ": a mask must have its image's size " + image + ", got " + mask + "; give the image's own");
        }
    }

    /** Creates an image with objects of one class. */
    public static SegmentationSample ofObjects(String name, RgbImage image, LabelMask instances) {
        int[] classes = new int[instances.height() * instances.width()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = Math.min(1, instances.label(i / instances.width(), i % instances.width()));
        }
        LabelMask mask = LabelMask.of(instances.height(), instances.width(), classes);
        return new SegmentationSample(name, image, mask, Optional.of(instances));
    }
}
