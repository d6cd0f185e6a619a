package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;
import org.fovea.core.image.LabelMask;

/**
 * A segmentation of an image.
 *
 * @param classes class of each pixel, at the image's own size and orientation
 * @param labels names of all classes by index
 * @param segments statistics of the classes that have pixels, the largest first. Their score is the mean, over their pixels, of
 *     the probability of the most likely class at the nearest position of the model's grid
 * @param instances objects, if the model separates them
 */
public record Segmentation(
        LabelMask classes, List<String> labels, List<Segment> segments, Optional<Instances> instances) {
    /** Copies the lists. */
    public Segmentation {
        labels = List.copyOf(labels);
        segments = List.copyOf(segments);
    }

    /** Number of pixels of the image. */
    public long pixels() {
        return (long) classes.height() * classes.width();
    }

    /** Fraction of all pixels that belong to a segment, 0 to 1. */
    public double share(Segment segment) {
        return (double) segment.area() / pixels();
    }

    /** Objects; the classes, if the model does not separate objects. */
    public List<Segment> objects() {
        return instances.map(Instances::objects).orElse(segments);
    }
}
