package org.fovea.cli.train.task;

import java.util.Map;

/**
 * A picture of the report.
 *
 * @param file without its ending
 * @param axis of the values
 * @param columns of {@code metrics.csv} by the names of their curves
 */
public record Curves(String file, String axis, Map<String, String> columns) {
    /** Copies the map. */
    public Curves {
        columns = Map.copyOf(columns);
    }
}
