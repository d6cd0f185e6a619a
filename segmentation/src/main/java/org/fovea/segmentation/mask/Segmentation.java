package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;
import org.fovea.core.image.LabelMask;

/**
 * A segmentation of an image.
 *
 * @param classes the class of each pixel of the image, in its own size and orientation
 * @param labels names of all classes by index
 * @param segments figures of the classes that have pixels, the largest first. Their score is the mean, over the pixels, of the
 *     probability of the likeliest class at the nearest place of the model's grid
 * @param instances where the model tells objects apart
 */
public record Segmentation(
        LabelMask classes, List<String> labels, List<Segment> segments, Optional<Instances> instances) {
    /** Copies the lists. */
    public Segmentation {
        labels = List.copyOf(labels);
        segments = List.copyOf(segments);
    }

    /** The number of pixels. */
    public long pixels() {
        return (long) classes.height() * classes.width();
    }

    /** The share of a region in all pixels, 0 to 1. */
    public double share(Segment segment) {
        return (double) segment.area() / pixels();
    }

    /** The objects; where the model does not tell them apart, the classes. */
    public List<Segment> objects() {
        return instances.map(Instances::objects).orElse(segments);
    }
}
