package org.fovea.cli.terminal;

import java.util.Locale;

/** Formats results for printing. */
public enum Format {
    /** Text for people. */
    TEXT,
    /** JSON for programs, one object per line. */
    JSON,
    /** CSV for tables. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Formats of commands that print one result. */
    enum Single {
        /** Text for people. */
        TEXT,
        /** JSON for programs, one object. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
