package org.fovea.segmentation.mask;

import java.util.List;
import org.fovea.core.image.LabelMask;

/**
 * Objects, each apart from others of its class.
 *
 * @param ids object number of each pixel, 0 for none
 * @param objects objects in the order of their numbers
 */
public record Instances(LabelMask ids, List<Segment> objects) {
    /** Copies the list. */
    public Instances {
        objects = List.copyOf(objects);
    }
}
