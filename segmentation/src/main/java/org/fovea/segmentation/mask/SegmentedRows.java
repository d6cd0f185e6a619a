package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;

/**
 * Figures of a segmentation whose rows were given out.
 *
 * @param segments of the classes that have pixels, the largest first
 * @param objects by their numbers, where the model tells objects apart
 */
public record SegmentedRows(List<Segment> segments, Optional<List<Segment>> objects) {
    /** Copies the lists. */
    public SegmentedRows {
        segments = List.copyOf(segments);
        objects = objects.map(List::copyOf);
    }

    /** The objects; where the model does not tell them apart, the classes. */
    public List<Segment> all() {
        return objects.orElse(segments);
    }
}
