package org.fovea.core.data.augment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.LabeledBox;
import org.fovea.core.image.RgbImage;

/**
 * An image with what is marked on it.
 *
 * @param masks masks of the image's size, such as one of classes and one of objects
 * @param boxes boxes on the image
 */
public record AnnotatedImage(RgbImage image, List<LabelMask> masks, List<LabeledBox> boxes) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException when a mask has another size than the image
     */
    public AnnotatedImage {
        masks = List.copyOf(masks);
        boxes = List.copyOf(boxes);
        for (LabelMask mask : masks) {
            if (mask.height() != image.height() || mask.width() != image.width()) {
                throw new IllegalArgumentException(
                        "AnnotatedImage: a mask must have the image's size, got " + mask + " and " + image);
            }
        }
    }

    /** Creates an image without annotations. */
    public static AnnotatedImage of(RgbImage image) {
        return new AnnotatedImage(image, List.of(), List.of());
    }

    /** Creates an image with one mask. */
    public static AnnotatedImage of(RgbImage image, LabelMask mask) {
        return new AnnotatedImage(image, List.of(mask), List.of());
    }

    /** Copy with another image of the same size and the same annotations. */
    AnnotatedImage withImage(RgbImage changed) {
        return new AnnotatedImage(changed, masks, boxes);
    }

    /** Copy with other masks and without boxes. */
    AnnotatedImage withMasks(List<LabelMask> others) {
        return new AnnotatedImage(image, others, List.of());
    }

    /** Moves image, masks and boxes alike; boxes are cut off at the image's edges, and dropped if nothing remains. */
    AnnotatedImage moved(Geometry geometry) {
        Stream<Optional<LabeledBox>> moved = boxes.stream().map(geometry::box);
        return new AnnotatedImage(
                geometry.image(image),
                masks.stream().map(geometry::mask).toList(),
                moved.flatMap(Optional::stream).toList());
    }
}
