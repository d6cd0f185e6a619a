package org.fovea.cli.terminal;

import java.util.Locale;

/** How results are printed. */
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
