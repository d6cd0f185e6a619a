package org.fovea.cli.segment;

import java.util.List;
import java.util.Optional;
import org.fovea.segmentation.SegmentedImage;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;

/**
 * The result of an image as it is reported.
 *
 * @param classes statistics of the wanted classes that have pixels
 * @param objects objects of those classes, if the model separates objects
 * @param picture image with its whole result; empty if it was read in parts, and its files are written
 */
record SegmentReport(
        int height,
        int width,
        List<Segment> classes,
        Optional<List<Segment>> objects,
        Optional<SegmentedImage> picture) {
    static SegmentReport of(SegmentedImage one, WantedClasses wanted) {
        return new SegmentReport(
                one.image().height(),
                one.image().width(),
                wanted.of(one.segmentation().segments()),
                one.segmentation().instances().map(Instances::objects).map(wanted::of),
                Optional.of(one));
    }

    double share(Segment segment) {
        return segment.area() / ((double) height * width);
    }
}
