package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;

/**
 * Figures of a segmentation whose rows were given out.
 *
 * @param segments classes that have pixels, the largest first
 * @param objects objects in the order of their numbers, if the model separates them
 */
public record SegmentedRows(List<Segment> segments, Optional<List<Segment>> objects) {
    /** Copies the lists. */
    public SegmentedRows {
        segments = List.copyOf(segments);
        objects = objects.map(List::copyOf);
    }

    /** Objects; the classes, if the model does not separate objects. */
    public List<Segment> all() {
        return objects.orElse(segments);
    }
}
