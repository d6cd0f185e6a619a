package org.fovea.studies.attention;

import java.util.Locale;

/**
 * A line of the log: what came of a run.
 *
 * @param parameters number of learned numbers
 * @param score by which networks are compared
 * @param pixelScore of the pixels' classes
 * @param trainingSeconds on a shared machine
 * @param millis of an image of {@value Comparison#MEASURED_PIXELS} pixels, on a processor
 * @param bytes of memory that such an image takes beside the weights
 */
record ComparisonLine(
        String data,
        String attention,
        long seed,
        long parameters,
        double score,
        double pixelScore,
        double trainingSeconds,
        double millis,
        long bytes) {
    static final String HEADER =
            "data,attention,seed,parameters,score,pixel_score,training_seconds,inference_ms,inference_bytes";

    private static final int COLUMNS = HEADER.split(",").length;

    static ComparisonLine parse(String line) {
        String[] parts = line.split(",");
        if (parts.length != COLUMNS) {
            throw new IllegalArgumentException("ComparisonLine: a line must have the " + COLUMNS + " columns " + HEADER
                    + ", got '" + line + "'; delete it and run it again");
        }
        return new ComparisonLine(
                parts[0],
                parts[1],
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Double.parseDouble(parts[6]),
                Double.parseDouble(parts[7]),
                Long.parseLong(parts[8]));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%.4f,%.4f,%.0f,%.2f,%d",
                data,
                attention,
                seed,
                parameters,
                score,
                pixelScore,
                trainingSeconds,
                millis,
                bytes);
    }
}
