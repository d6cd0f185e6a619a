package org.fovea.cli;

/** Prints outcomes, each as it comes. */
interface Report {
    /** The lines of one outcome, the last one ended too. */
    String lines(Outcome outcome);

    /** What stands before the first outcome. */
    default String header() {
        return "";
    }

    /** The report of a format. */
    static Report of(Format format, Scores scores) {
        return switch (format) {
            case TEXT -> new TextReport(scores);
            case JSON -> new JsonReport();
            case CSV -> new CsvReport(scores);
        };
    }
}
