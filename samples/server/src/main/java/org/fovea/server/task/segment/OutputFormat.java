package org.fovea.server.task.segment;

import org.fovea.server.request.ApiException;
import org.fovea.server.request.Parameters;
import org.fovea.server.request.Shown;

/** Forms of an answer. */
enum OutputFormat {
    /** A picture for each region. */
    MASKS,
    /** A single picture of all regions. */
    MAP;

    static OutputFormat of(Parameters wanted) {
        return wanted.text(SegmentTask.FORMAT)
                .map(name -> switch (name) {
                    case "masks" -> MASKS;
                    case "map" -> MAP;
                    default -> throw ApiException.badRequest("format must be masks or map, got " + Shown.of(name));
                })
                .orElse(MASKS);
    }
}
