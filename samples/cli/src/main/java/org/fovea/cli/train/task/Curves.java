package org.fovea.cli.train.task;

import java.util.Map;

/**
 * A picture of the report.
 *
 * @param file file name without extension
 * @param axis label of the value axis
 * @param columns columns of {@code metrics.csv} by the names of their curves
 */
public record Curves(String file, String axis, Map<String, String> columns) {
    /** Copies the map. */
    public Curves {
        columns = Map.copyOf(columns);
    }
}
