package org.fovea.segmentation.output;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.io.CsvText;
import org.fovea.segmentation.mask.Segment;

/** Segments as a table. */
public final class SegmentTable {
    /** Headers of the columns. */
    public static final List<String> COLUMNS =
            List.of("id", "class", "label", "area", "x", "y", "left", "top", "right", "bottom", "score");

    private SegmentTable() {}

    /** Cells of a segment's row. */
    public static List<Object> cells(Segment s) {
        return List.of(
                s.id(),
                s.classIndex(),
                s.label(),
                s.area(),
                s.centroidX(),
                s.centroidY(),
                s.left(),
                s.top(),
                s.right(),
                s.bottom(),
                s.score());
    }

    /** The table as CSV text. */
    public static String csv(List<Segment> segments) {
        List<String> rows = new ArrayList<>(List.of(CsvText.row(COLUMNS)));
        segments.forEach(segment -> rows.add(CsvText.row(cells(segment))));
        return String.join("", rows);
    }
}
