package org.fovea.cli.terminal;

import java.util.Locale;

/** Formats results for printing. */
public enum Format {
    /** For people. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON,
    /** For tables. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For commands that print one result. */
    enum Single {
        /** For people. */
        TEXT,
        /** For programs: one JSON object. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
